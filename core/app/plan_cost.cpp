// SPDX-License-Identifier: MIT
#include "app/plan_cost.hpp"

#include <map>

#include "settings/configuration_json.hpp"
#include "spanlab/error.hpp"
#include "store/attempt.hpp"
#include "store/trial_file.hpp"
#include "train/feature_cost.hpp"

namespace spanlab::host::app {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

// Trials that cost about the same have the same data, encoder and training.
std::string cost_key(const json& configuration) {
  return json{configuration.at("data"), configuration.at("encoder"), configuration.at("train")}.dump();
}

// Trials of one kind that are to run; they cost about the same.
struct Wanted {
  std::int64_t number = 0;
  const PlannedTrial* example = nullptr;
};

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

std::map<std::string, Measured> measure(const RunStore& store, const std::map<std::string, Wanted>& wanted) {
  std::map<std::string, Measured> found;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(store.root() / "trials", ignored)) {
    const std::string hash = entry.path().filename().string();
    if (!fs::exists(entry.path() / kTrialFile, ignored)) continue;
    try {
      const std::optional<Attempt> attempt = store.newest_finished(hash);
      if (!attempt) continue;
      const std::string key = cost_key(read_trial(store, hash).configuration);
      if (!wanted.contains(key)) continue;
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
std::optional<std::int64_t> weights(const Configuration& configuration, const Registry& registry,
                                    const CardIndex& cards) {
  if (configuration.train.keep == Keep::none || is_frozen(registry, configuration.encoder)) return 0;
  const std::string model = model_of(registry, configuration.encoder);
  if (model.empty()) return std::nullopt;
  try {
    return static_cast<std::int64_t>(fs::file_size(cards.folder(cards.model(model)) / "model.safetensors"));
  } catch (const Error&) {
    return std::nullopt;
  } catch (const fs::filesystem_error&) {
    return std::nullopt;
  }
}

// What the trials' frozen encoders will store once for all of them; nothing where the data or the encoder
// cannot be read.
std::optional<std::int64_t> features(const std::map<std::string, Wanted>& wanted, const RunStore& store,
                                     const CardIndex& cards, const Registry& registry) {
  std::map<std::string, const PlannedTrial*> by_content;
  for (const auto& [kind, trials] : wanted) {
    const json& configuration = trials.example->configuration;
    by_content[json{configuration.at("data"), configuration.at("encoder"),
                    configuration.at("train").value("precision", "")}
                   .dump()] = trials.example;
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

std::map<std::string, Wanted> wanted_trials(const Plan& plan, const std::set<std::string>& cached) {
  std::map<std::string, Wanted> wanted;
  std::set<std::string> seen;
  std::string key;
  std::int64_t row = -1;
  for (const PlannedTrial& trial : plan.trials) {
    if (cached.contains(trial.hash) || !seen.insert(trial.hash).second) continue;
    if (trial.row != row) key = cost_key(trial.configuration);
    row = trial.row;
    ++wanted[key].number;
    wanted[key].example = &trial;
  }
  return wanted;
}

void add(std::optional<std::int64_t>& sum, std::optional<std::int64_t> bytes) {
  if (!sum || !bytes) {
    sum.reset();
  } else {
    *sum += *bytes;
  }
}

void add_measured(PlanCost& cost, const Measured& measured, std::int64_t number) {
  const double share = static_cast<double>(number) / static_cast<double>(measured.trials);
  if (cost.seconds) *cost.seconds += share * measured.seconds;
  add(cost.bytes, static_cast<std::int64_t>(share * static_cast<double>(measured.bytes)));
  cost.measured += measured.trials;
}

// No trial of the kind is there to go by.
void add_unmeasured(PlanCost& cost, const Wanted& wanted, const CardIndex& cards, const Registry& registry) {
  cost.seconds.reset();
  const std::optional<std::int64_t> bytes =
      weights(read_configuration(wanted.example->configuration, registry), registry, cards);
  add(cost.bytes, bytes ? std::optional(*bytes * wanted.number) : std::nullopt);
}

}  // namespace

PlanCost estimate_cost(const Plan& plan, const std::set<std::string>& cached, const RunStore& store,
                       const CardIndex& cards, const Registry& registry) {
  const std::map<std::string, Wanted> wanted = wanted_trials(plan, cached);
  const std::map<std::string, Measured> measured = measure(store, wanted);
  PlanCost cost{.bytes = 0, .seconds = 0};
  for (const auto& [kind, trials] : wanted) {
    const auto found = measured.find(kind);
    if (found == measured.end()) {
      add_unmeasured(cost, trials, cards, registry);
    } else {
      add_measured(cost, found->second, trials.number);
    }
  }
  if (cost.bytes) add(cost.bytes, features(wanted, store, cards, registry));
  return cost;
}

}  // namespace spanlab::host::app
