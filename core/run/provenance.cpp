// SPDX-License-Identifier: MIT
#include "run/provenance.hpp"

#include <dlfcn.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include "data/card.hpp"
#include "files/checksum.hpp"
#include "plugin/record.hpp"
#include "sdk/utf8.hpp"
#include "spanlab/error.hpp"
#include "settings/configuration_json.hpp"
#include "store/configuration_values.hpp"
#include "study/identity.hpp"
#include "train/hardware.hpp"

namespace spanlab::host {

using nlohmann::json;

namespace {

std::filesystem::path program_file() { return std::filesystem::read_symlink("/proc/self/exe"); }

// The shared library that this function is in.
std::filesystem::path core_file() {
  Dl_info info{};
  if (!dladdr(reinterpret_cast<const void*>(&program_identity), &info)) return program_file();
  return info.dli_fname;
}

enum class Missing { told, passed_over };

// What of a trial's identity is no longer so, by who can mend it.
class Differences {
 public:
  // `what` was made with the trial's identity; `way_on` is what to do where another is found.
  Differences(const PlannedTrial& trial, const Registry& registry, const CardIndex& cards, const char* what,
              const char* way_on)
      : trial_(trial),
        registry_(registry),
        configuration_(read_configuration(trial.configuration, registry, unreadable_)),
        identities_(registry, cards, ""),
        what_(what),
        way_on_(way_on) {}

  void components() {
    const json all = part("components", json::object());
    for (const auto& [name, planned] : all.items()) {
      const std::size_t slash = name.find('/');
      const ComponentKind kind = component_kind(name.substr(0, slash));
      const std::string id = name.substr(slash + 1);
      const std::string now = registry_.contains(kind, id) ? registry_.identity(kind, id) : "absent";
      if (planned == now) continue;
      add(plugin_, name, fmt::format("made with {}, the loaded plugin has {}", text(planned), now));
    }
  }

  void data() {
    const DataSettings& data = configuration_.data;
    compare("data", data.name, part("data", nullptr), [&] { return identities_.of_data(data); });
  }

  void model() {
    const json planned = part("model", nullptr);
    if (planned.is_null()) return;
    const Parameter* names =
        registry_.info(ComponentKind::encoder, configuration_.encoder.id).schema.find(Role::pretrained);
    const std::string parameter = names ? names->name : "model";
    const std::string name = model_of(registry_, configuration_.encoder);
    compare("encoder." + parameter, name, planned, [&] { return identities_.of_model(name); });
  }

  void files(Missing missing = Missing::told) {
    const json all = part("files", json::object());
    for (const auto& [path, sum] : all.items()) {
      const std::string file = value_at(trial_.configuration, path).get<std::string>();
      std::error_code ignored;
      if (missing == Missing::passed_over && !std::filesystem::exists(file, ignored)) continue;
      compare(path, file, sum, [&] { return identities_.of_file(file); });
    }
  }

  void settings(const std::string& device) {
    compare_setting("train.precision", part("number", nullptr), to_text(configuration_.train.precision));
    compare_setting("--device", part("device", nullptr), device);
  }

  void finish() {
    std::vector<Problem> problems;
    ErrorKind kind = ErrorKind::usage;
    const auto add_all = [&](std::vector<Problem>& found, ErrorKind of_kind) {
      if (!found.empty()) kind = of_kind;
      std::ranges::move(found, std::back_inserter(problems));
    };
    add_all(usage_, ErrorKind::usage);
    add_all(data_, ErrorKind::data);
    add_all(plugin_, ErrorKind::plugin);
    if (!problems.empty()) throw Error(kind, std::move(problems));
  }

 private:
  static std::string text(const json& planned) {
    return planned.is_string() ? planned.get<std::string>() : planned.dump();
  }

  json part(const char* name, const json& otherwise) const {
    return trial_.identity.is_object() ? trial_.identity.value(name, otherwise) : otherwise;
  }

  void add(std::vector<Problem>& problems, std::string place, const std::string& message,
           const std::string& sums = "") {
    problems.push_back({std::move(place), fmt::format("{} was {}; {}{}", what_, message, way_on_, sums)});
  }

  void compare_setting(const char* place, const json& planned, const std::string& now) {
    if (planned.is_null() || planned == now) return;
    add(usage_, place, fmt::format("made for {}, now it is {}", text(planned), now));
  }

  template <typename Now>
  void compare(const std::string& path, const std::string& name, const json& planned, Now now) {
    if (planned.is_null()) return;
    const std::string place = fmt::format("{} ({})", path, name);
    std::string sum;
    try {
      sum = now();
    } catch (const Error& error) {  // no card, no split, no file
      if (error.kind() == ErrorKind::environment) throw;
      const std::string sums = fmt::format("\n   it was {}\n   now: {}", text(planned), error.what());
      return add(data_, place, "made with content that is not to be had now", sums);
    }
    if (planned == sum) return;
    add(data_, place, "made with other content",
        fmt::format("\n   it was {}\n   now is {}", text(planned), sum));
  }

  const PlannedTrial& trial_;
  const Registry& registry_;
  std::vector<Problem> unreadable_;  // of plugins that are not at hand, which components() tells
  const Configuration configuration_;
  Identities identities_;
  std::string what_, way_on_;
  std::vector<Problem> plugin_, data_, usage_;
};

}  // namespace

std::string program_identity() {
  return sha256_of(sha256_of_file(program_file()) + sha256_of_file(core_file()));
}

void check_identity(const PlannedTrial& trial, const Registry& registry, const CardIndex& cards,
                    const std::string& device) {
  constexpr const char* kWayOn = "'spanlab run' with the script makes a new plan";
  Differences differences(trial, registry, cards, "the plan", kWayOn);
  differences.components();
  differences.data();
  differences.model();
  differences.files();
  differences.settings(device);
  differences.finish();
}

void check_stored_model(const PlannedTrial& trial, const Registry& registry, const CardIndex& cards) {
  constexpr const char* kWayOn =
      "bring back what it was made with, or train it anew: 'spanlab run' with the script";
  Differences differences(trial, registry, cards, "the model", kWayOn);
  differences.components();
  differences.model();
  differences.files(Missing::passed_over);
  differences.finish();
}

std::vector<std::string> rebuilt_plugins(const PlannedTrial& trial, const Registry& registry,
                                         const std::map<std::string, std::string>& then) {
  std::set<std::string> rebuilt;
  const json components = trial.identity.value("components", json::object());
  for (const auto& [name, unused] : components.items()) {
    const std::size_t slash = name.find('/');
    const PluginFile& plugin =
        registry.plugin_of(component_kind(name.substr(0, slash)), name.substr(slash + 1));
    const auto known = then.find(plugin.name);
    if (known != then.end() && known->second != plugin.segments_hash) rebuilt.insert(plugin.name);
  }
  return {rebuilt.begin(), rebuilt.end()};
}

std::string processor_name() {
  std::ifstream in("/proc/cpuinfo");
  for (std::string line; std::getline(in, line);) {
    std::size_t colon = line.find(": ");
    if (!line.starts_with("model name") || colon == std::string::npos) continue;
    return valid_utf8(line.substr(colon + 2));
  }
  return "unknown";
}

std::string provenance(const Registry& registry, const std::string& device, int threads) {
  BuildRecord record = BuildRecord::host();
  nlohmann::json versions;
  for (const char* field : {"LibTorch", "compiler", "standard library"}) {
    versions[field] = record.value(field);
  }
  nlohmann::json plugins = nlohmann::json::object();
  for (const PluginFile& plugin : registry.files()) {
    if (plugin.refusal.empty()) {
      plugins[plugin.name] = {{"version", plugin.version}, {"code", plugin.segments_hash}};
    }
  }
  const json all{{"versions", versions},
                 {"program", sha256_of_file(program_file())},
                 {"core", sha256_of_file(core_file())},
                 {"plugins", plugins},
                 {"device", device},
                 {"threads", threads},
                 {"processor", processor_name()},
                 {"instruction_set", hardware().instruction_set}};
  return all.dump(2);
}

}  // namespace spanlab::host
