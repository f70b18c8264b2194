// SPDX-License-Identifier: MIT
#include <ostream>

#include "cli/commands.hpp"
#include "cli/studies.hpp"
#include "spanlab/error.hpp"
#include "store/attempt.hpp"
#include "store/configuration_values.hpp"
#include "store/labels.hpp"

namespace spanlab::cli {

namespace po = boost::program_options;
using nlohmann::json;

namespace {

// Numbers of trained parameters, by part of the model.
using ParameterCounts = std::map<std::string, std::int64_t>;

// A configuration and where its values came from.
struct Shown {
  json configuration;
  json origins = json::object();
  std::int64_t seed = -1;      // of a trial
  ParameterCounts parameters;  // empty before a trial is finished
};

struct Line {
  std::string path;
  json value;
  std::string origin;
};

// The origin of a path is that of the nearest thing above it that has one: a component of the space has one
// for all its values.
std::string origin_of(const json& origins, const std::string& path) {
  for (std::string above = path;; above = above.substr(0, above.rfind('.'))) {
    if (origins.contains(above)) return origins.at(above).get<std::string>();
    if (above.find('.') == above.npos) return "";
  }
}

// A component's name stands at its place.
std::vector<Line> lines_of(const Shown& shown) {
  std::vector<Line> lines;
  for_each_value(shown.configuration, [&](std::string path, const json& value) {
    if (path.ends_with(kComponentSuffix)) path.resize(path.size() - kComponentSuffix.size());
    lines.push_back({path, value, origin_of(shown.origins, path)});
  });
  return lines;
}

// Of a finished trial; empty without one.
ParameterCounts trained_parameters(const std::string& hash, const RunStore& store) {
  const auto attempt = store.newest_finished(hash);
  const auto record = attempt ? store.final_record(*attempt) : std::nullopt;
  return record ? record->parameters : ParameterCounts();
}

// The base model's row, or the first where the space leaves the base out.
Shown of_plan(const Plan& plan, const RunStore& store) {
  std::int64_t row = 0;
  for (std::size_t i = 0; i < plan.rows.size(); ++i) {
    if (plan.rows[i].base) row = static_cast<std::int64_t>(i);
  }
  auto trial = std::ranges::find(plan.trials, row, &PlannedTrial::row);
  if (trial == plan.trials.end()) throw Error(ErrorKind::data, plan.study, "its plan has no trials");
  Shown shown{trial->configuration, plan.origins};
  for (; trial != plan.trials.end() && shown.parameters.empty(); ++trial) {
    if (trial->row == row) shown.parameters = trained_parameters(trial->hash, store);
  }
  return shown;
}

// A trial, with the origins that a study which has it knows.
Shown of_trial(const std::string& prefix, const RunStore& store, std::ostream& err) {
  const std::string hash = store.find_trial(prefix);
  const PlannedTrial trial = read_trial(store, hash);
  Shown shown{trial.configuration, json::object(), trial.seed, trained_parameters(hash, store)};
  for (const std::string& study : store.studies()) {
    try {
      const Plan plan = store.current_plan(study);
      if (std::ranges::find(plan.trials, hash, &PlannedTrial::hash) == plan.trials.end()) continue;
      shown.origins = plan.origins;
      break;
    } catch (const Error& error) {
      err << "skipped: " << error.what() << '\n';
    }
  }
  return shown;
}

void print(const std::vector<Line>& lines, bool with_origin, std::ostream& out) {
  std::size_t path_width = 0, value_width = 0;
  for (const Line& line : lines) {
    path_width = std::max(path_width, line.path.size());
    value_width = std::max(value_width, value_label(line.value, {}).size());
  }
  value_width = std::min<std::size_t>(value_width, 24);
  for (const Line& line : lines) {
    const std::string value = value_label(line.value, {});
    if (with_origin)
      out << fmt::format("{:<{}}  {:<{}}  {}\n", line.path, path_width, value, value_width, line.origin);
    else
      out << fmt::format("{:<{}}  {}\n", line.path, path_width, value);
  }
}

class Show : public Command {
 public:
  std::string name() const override { return "show"; }
  std::string synopsis() const override { return "STUDY|TRIAL"; }
  std::string summary() const override {
    return "print the configuration of a study's base model or of a trial, and its numbers of parameters "
           "once trained";
  }
  std::vector<std::string> examples() const override {
    return {"spanlab show experiments/negatives.lua --origin --set train.epochs=1",
            "spanlab show 3fa9c1 --json"};
  }
  void declare(po::options_description& options,
               po::positional_options_description& positional) const override {
    declare_study_options(options);
    options.add_options()("study", po::value<std::string>())("origin", po::bool_switch(),
                                                             "print where each value came from as well");
    positional.add("study", 1);
  }
  ExitCode run(const po::variables_map& options, Context& context) const override {
    const Shown shown = find(options, context);
    const bool with_origin = options["origin"].as<bool>();
    std::vector<Line> lines = lines_of(shown);
    if (shown.seed >= 0) lines.push_back({"seed", shown.seed, ""});
    std::int64_t trained = 0;
    for (const auto& [part, count] : shown.parameters) {
      lines.push_back({"parameters." + part, count, "trained"});
      trained += count;
    }
    if (trained > 0) lines.push_back({"parameters", trained, "trained"});
    if (!context.json) {
      print(lines, with_origin, context.out);
      return ExitCode::done;
    }
    json values = json::array();
    for (const Line& line : lines) {
      values.push_back({{"path", line.path}, {"value", line.value}});
      if (with_origin) values.back()["origin"] = line.origin;
    }
    context.out << values.dump(2) << '\n';
    return ExitCode::done;
  }

 private:
  static Shown find(const po::variables_map& options, const Context& context) {
    const std::string name = argument(options, "study");
    const RunStore store(context.runs);
    if (name.ends_with(".lua"))
      return of_plan(plan_of_script(options, context, load_registry(context), load_cards(context)), store);
    const std::vector<std::string> studies = store.studies();
    if (std::ranges::find(studies, name) != studies.end()) return of_plan(store.current_plan(name), store);
    return of_trial(name, store, context.err);
  }
};

}  // namespace

std::unique_ptr<Command> show_command() { return std::make_unique<Show>(); }

}  // namespace spanlab::cli
