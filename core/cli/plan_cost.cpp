// SPDX-License-Identifier: MIT
#include "cli/plan_cost.hpp"

#include <map>

#include "settings/configuration_json.hpp"
#include "spanlab/error.hpp"
#include "store/attempt.hpp"
#include "train/feature_cost.hpp"

namespace spanlab::cli {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

// Trials that cost about the same have the same data, encoder and training.
std::string cost_key(const json& configuration) {
  return json{configuration.at("data"), configuration.at("encoder"), configuration.at("train")}.dump();
}

struct Measured {
  double seconds = 0;
  std::int64_t bytes = 0;
  std::int64_t trials = 0;
};

std::int64_t size_of(const fs::path& folder) {
  std::int64_t bytes = 0;
  std::error_code ignored;
  for (const auto& entry : fs::recursive_directory_iterator(folder, ignored)) {
    if (entry.is_regular_file(ignored)) bytes += static_cast<std::int64_t>(entry.file_size(ignored));
  }
  return bytes;
}

std::map<std::string, Measured> measure(const RunStore& store, const std::set<std::string>& keys) {
  std::map<std::string, Measured> found;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(store.root() / "trials", ignored)) {
    const std::string hash = entry.path().filename().string();
    if (!fs::exists(entry.path() / "trial.json", ignored)) continue;
    try {
      const std::optional<Attempt> attempt = store.newest_finished(hash);
      if (!attempt) continue;
      const std::string key = cost_key(read_trial(store, hash).configuration);
      if (!keys.contains(key)) continue;
      Measured& measured = found[key];
      measured.seconds += attempt->status.seconds;
      measured.bytes += size_of(attempt->folder);
      ++measured.trials;
    } catch (const Error&) {  // any other trial measures as well; 'ls' tells what is wrong with this one
    } catch (const json::exception&) {
    }
  }
  return found;
}

// The size of the pretrained weights, which a trial that trains them writes once more; nothing where the
// encoder has none.
std::optional<std::int64_t> weights(const json& configuration, const CardIndex& cards) {
  if (configuration.at("train").value("keep", "last") == "none") return 0;
  const json& encoder = configuration.at("encoder");
  if (encoder.contains("frozen") && encoder.at("frozen") == true) return 0;
  if (!encoder.contains("model") || !encoder.at("model").is_string()) return std::nullopt;
  try {
    return static_cast<std::int64_t>(
        fs::file_size(cards.folder(cards.model(encoder.at("model"))) / "model.safetensors"));
  } catch (const Error&) {
    return std::nullopt;
  } catch (const fs::filesystem_error&) {
    return std::nullopt;
  }
}

// What the trials' frozen encoders will store once for all of them; nothing where the data or the encoder
// cannot be read.
std::optional<std::int64_t> features(const std::map<std::string, const PlannedTrial*>& examples,
                                     const RunStore& store, const CardIndex& cards,
                                     const Registry& registry) {
  std::map<std::string, const PlannedTrial*> by_content;
  for (const auto& [kind, trial] : examples) {
    const json& configuration = trial->configuration;
    by_content[json{configuration.at("data"), configuration.at("encoder"),
                    configuration.at("train").value("precision", "")}
                   .dump()] = trial;
  }
  std::int64_t bytes = 0;
  for (const auto& [content, trial] : by_content) {
    try {
      bytes += missing_feature_bytes(read_configuration(trial->configuration, registry), registry, cards,
                                     device_of(*trial), store.features_folder());
    } catch (const Error&) {
      return std::nullopt;
    }
  }
  return bytes;
}

std::string bytes_text(std::int64_t bytes) {
  const double mebibytes = static_cast<double>(bytes) / (1 << 20);
  return mebibytes < 10240 ? fmt::format("{:.0f} MiB", mebibytes)
                           : fmt::format("{:.1f} GiB", mebibytes / 1024);
}

std::string seconds_text(double seconds) {
  if (seconds < 120) return fmt::format("{:.0f} s", seconds);
  return seconds < 7200 ? fmt::format("{:.0f} min", seconds / 60) : fmt::format("{:.1f} h", seconds / 3600);
}

}  // namespace

std::string PlanCost::text() const {
  std::string text =
      "disk: " +
      (bytes ? "about " + bytes_text(*bytes) : std::string("not known before a first trial has ended")) +
      '\n';
  if (seconds)
    text += fmt::format("cost: about {} of computing, by {} stored trial{} of this kind\n",
                        seconds_text(*seconds), measured, measured == 1 ? "" : "s");
  return text;
}

PlanCost estimate_cost(const Plan& plan, const std::set<std::string>& cached, const RunStore& store,
                       const CardIndex& cards, const Registry& registry) {
  std::map<std::string, std::int64_t> wanted;  // how many trials of each kind are to run
  std::map<std::string, const PlannedTrial*> examples;
  std::set<std::string> keys, seen;
  std::string key;
  std::int64_t row = -1;
  for (const PlannedTrial& trial : plan.trials) {
    if (cached.contains(trial.hash) || !seen.insert(trial.hash).second) continue;
    if (trial.row != row) key = cost_key(trial.configuration);
    row = trial.row;
    ++wanted[key];
    examples[key] = &trial;
    keys.insert(key);
  }
  const std::map<std::string, Measured> measured = measure(store, keys);
  PlanCost cost{.bytes = 0, .seconds = 0};
  for (const auto& [kind, number] : wanted) {
    auto found = measured.find(kind);
    if (found != measured.end()) {
      const double share = static_cast<double>(number) / static_cast<double>(found->second.trials);
      if (cost.seconds) *cost.seconds += share * found->second.seconds;
      if (cost.bytes)
        *cost.bytes += static_cast<std::int64_t>(share * static_cast<double>(found->second.bytes));
      cost.measured += found->second.trials;
      continue;
    }
    cost.seconds.reset();
    const std::optional<std::int64_t> bytes = weights(examples[kind]->configuration, cards);
    if (bytes && cost.bytes)
      *cost.bytes += *bytes * number;
    else
      cost.bytes.reset();
  }
  const std::optional<std::int64_t> shared =
      cost.bytes ? features(examples, store, cards, registry) : std::nullopt;
  if (shared)
    *cost.bytes += *shared;
  else
    cost.bytes.reset();
  return cost;
}

}  // namespace spanlab::cli
