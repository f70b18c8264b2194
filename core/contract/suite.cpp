// SPDX-License-Identifier: MIT
#include "contract/suite.hpp"

#include <ATen/Parallel.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <map>

#include "contract/component_check.hpp"
#include "contract/items.hpp"
#include "contract/made_model.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host::suite {

namespace fs = std::filesystem;

// A folder that is there as long as this object.
class Scratch {
 public:
  Scratch() {
    std::string name = (fs::temp_directory_path() / "spanlab-contract-XXXXXX").string();
    if (!mkdtemp(name.data()))
      throw Error(ErrorKind::environment, name, "a folder cannot be made there; set TMPDIR");
    path = name;
  }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  Scratch(const Scratch&) = delete;

  fs::path path;
};

namespace {

bool lies_in(const fs::path& file, const fs::path& plugin) {
  const fs::path found = fs::weakly_canonical(file), asked = fs::weakly_canonical(plugin);
  return found == asked || (fs::is_directory(asked) && found.parent_path() == asked);
}

Registry loaded(const contract::Request& request) {
  Registry registry;
  registry.load(std::vector{request.plugin});
  try {
    registry.load(request.plugins);
  } catch (const Error& error) {  // an installed copy of what is checked, or a plugin that nobody asked for
    if (error.kind() != ErrorKind::plugin) throw;
  }
  return registry;
}

// That none of the components is called so.
std::string unknown(const std::string& wanted, const std::vector<Name>& all) {
  std::vector<std::string> names, near;
  for (const Name& name : all) {
    names.push_back(name.text());
    near.insert(near.end(), {name.id, name.text()});
  }
  return fmt::format("the plugin has no component '{}'{}\n   it has: {}", wanted, did_you_mean(wanted, near),
                     fmt::join(names, ", "));
}

}  // namespace

struct Suite::State {
  explicit State(const contract::Request& given)
      : request(given),
        registry(loaded(given)),
        cards(standard_locations(given.data), registry),
        around{registry, cards, scratch.path, given.seed, std::make_shared<TrialContext>()},
        threads(at::get_num_threads()) {
    around.trial->checks_values = true;
    write_made_model(scratch.path);
    at::set_num_threads(1);  // sums of numbers do not depend on who adds them
  }
  ~State() { at::set_num_threads(threads); }

  contract::Request request;
  Scratch scratch;
  Registry registry;
  CardIndex cards;
  Surroundings around;
  int threads;
};

std::string Name::text() const { return fmt::format("{}/{}", to_text(kind), id); }

std::vector<ItemText> item_texts() {
  std::vector<ItemText> texts{{kLoads, "the file is loaded and registers what it has"}};
  for (const SuiteItem& item : items()) texts.push_back({item.name, item.promise});
  return texts;
}

std::string refusal_text(const Error& error, const fs::path& plugin) {
  std::vector<std::string> lines;
  for (const Problem& problem : error.problems())
    lines.push_back(problem.place == plugin ? problem.message : problem.place + ": " + problem.message);
  return fmt::format("{}", fmt::join(lines, "\n"));
}

Suite::Suite(const contract::Request& request) : state_(std::make_unique<State>(request)) {}
Suite::~Suite() = default;

std::vector<contract::Result> Suite::refused() const {
  std::vector<contract::Result> results;
  for (const PluginFile& file : state_->registry.files()) {
    if (!file.refusal.empty() && lies_in(file.file, state_->request.plugin))
      results.push_back({file.file.string(), kLoads, Verdict::failed, file.refusal});
  }
  return results;
}

std::vector<Name> Suite::registered() const {
  std::vector<Name> all;
  for (ComponentKind kind : kComponentKinds) {
    for (const std::string& id : state_->registry.ids(kind)) {
      if (lies_in(state_->registry.plugin_of(kind, id).file, state_->request.plugin))
        all.push_back({kind, id});
    }
  }
  if (!all.empty() || !refused().empty()) return all;
  throw Error(ErrorKind::usage, state_->request.plugin.string(),
              "holds no component; expected a plugin, or a folder of some (files *.so)");
}

std::vector<Name> Suite::components() const {
  const std::vector<Name> all = registered();
  if (state_->request.components.empty()) return all;
  std::vector<Name> chosen;
  std::vector<Problem> problems;
  for (const std::string& wanted : state_->request.components) {
    const auto is_it = [&](const Name& name) { return wanted == name.id || wanted == name.text(); };
    const std::size_t before = chosen.size();
    std::ranges::copy_if(all, std::back_inserter(chosen), is_it);
    if (chosen.size() == before) problems.push_back({"--component", unknown(wanted, all)});
  }
  if (!problems.empty()) throw Error(ErrorKind::usage, std::move(problems));
  return chosen;
}

void Suite::check(const Name& component, const Listener& listener) const {
  const auto checked = subject(state_->around, component.kind, component.id);
  check_component(*checked, component.text(), listener);
}

}  // namespace spanlab::host::suite

namespace spanlab::contract {

std::string to_text(Verdict verdict) {
  constexpr const char* kTexts[] = {"passed", "warned", "failed", "not applicable", "not run"};
  return kTexts[static_cast<std::size_t>(verdict)];
}

bool holds(const std::vector<Result>& results) {
  return std::ranges::none_of(results, [](const Result& result) {
    return result.verdict == Verdict::failed || result.verdict == Verdict::not_run;
  });
}

std::vector<Result> check(const Request& request) {
  std::vector<Result> results;
  const host::suite::Listener listener{[](const std::string&, const std::string&) {},
                                       [&](const Result& result) { results.push_back(result); }};
  try {
    const host::suite::Suite suite(request);
    results = suite.refused();
    for (const host::suite::Name& component : suite.components()) suite.check(component, listener);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::plugin) throw;
    results.push_back({request.plugin.string(), host::suite::kLoads, Verdict::failed,
                       host::suite::refusal_text(error, request.plugin)});
  }
  return results;
}

}  // namespace spanlab::contract
