// SPDX-License-Identifier: MIT
#include <ostream>

#include "cli/commands.hpp"
#include "cli/options.hpp"
#include "records/score_json.hpp"
#include "run/run_view.hpp"
#include "spanlab/error.hpp"
#include "text/terminal_text.hpp"
#include "store/index.hpp"

namespace spanlab::cli {

namespace po = boost::program_options;

namespace {

constexpr std::size_t kWidest = 24;  // of a column of values

// Paths of the query that are no fixed column; without any, what tells trials apart at a glance.
std::vector<std::string> value_columns(const std::vector<Condition>& conditions) {
  std::vector<std::string> paths;
  for (const Condition& condition : conditions) {
    bool fixed = condition.path == "seed" || condition.path == "state";
    if (!fixed && std::find(paths.begin(), paths.end(), condition.path) == paths.end())
      paths.push_back(condition.path);
  }
  if (paths.empty()) paths = {"data.name", "encoder", "entity.f1"};
  return paths;
}

std::string short_number(const std::string& text) {
  char* end = nullptr;
  double number = std::strtod(text.c_str(), &end);
  bool fraction = !text.empty() && *end == '\0' && text.find('.') != std::string::npos;
  return fraction ? fmt::format("{:.5g}", number) : text;
}

class Ls : public Command {
 public:
  std::string name() const override { return "ls"; }
  std::string synopsis() const override { return "[--where QUERY]"; }
  std::string summary() const override {
    return "the trials of the run store, all or those that a query finds";
  }
  std::vector<std::string> examples() const override {
    return {"spanlab ls --where 'state = failed' --json",
            "spanlab ls --where 'train.epochs >= 5 and relation.strict.f1 > 50'"};
  }
  void declare(po::options_description& options, po::positional_options_description&) const override {
    options.add_options()("where", po::value<std::string>()->value_name("QUERY"),
                          "path op value and …: a path of a configuration value or a final score, 'seed' or "
                          "'state'; op is = != < <= > >=");
  }
  ExitCode run(const po::variables_map& options, Context& context) const override {
    RunStore store(context.runs);
    std::vector<Condition> conditions;
    if (options.count("where")) conditions = parse_query(options["where"].as<std::string>());
    if (!std::filesystem::exists(store.root())) {
      context.err << "there is no run store at " << store.root().string() << '\n';
      if (context.json) context.out << "[]\n";
      return ExitCode::done;
    }
    Index index(store);
    std::vector<IndexedTrial> found = index.select(conditions);
    for (const std::string& trial : index.skipped()) context.err << "skipped: " << printable(trial) << '\n';
    if (context.json) {
      print_json(found, store, context);
    } else {
      print(found, index, value_columns(conditions), context);
    }
    return ExitCode::done;
  }

 private:
  static void print_json(const std::vector<IndexedTrial>& found, const RunStore& store,
                         const Context& context) {
    nlohmann::json trials = nlohmann::json::array();
    for (const IndexedTrial& trial : found) {
      nlohmann::json node{{"trial", trial.hash},           {"seed", trial.seed},
                          {"state", to_text(trial.state)}, {"attempts", trial.attempts},
                          {"started", trial.started},      {"seconds", trial.seconds},
                          {"error", trial.error},          {"scores", nullptr}};
      try {
        node["configuration"] = read_trial(store, trial.hash).configuration;
        if (std::optional<Attempt> finished = store.newest_finished(trial.hash)) {
          if (const auto record = store.final_record(*finished)) node["scores"] = to_json(*record->scores);
        }
      } catch (const Error& error) {  // it changed after the index had read it
        context.err << "skipped: " << error.what() << '\n';
        continue;
      }
      trials.push_back(std::move(node));
    }
    context.out << trials.dump(2) << '\n';
  }

  static void print(const std::vector<IndexedTrial>& found, const Index& index,
                    const std::vector<std::string>& paths, const Context& context) {
    std::vector<std::vector<std::string>> rows{{"TRIAL", "STATE", "SEED", "STARTED", "TIME"}};
    rows[0].insert(rows[0].end(), paths.begin(), paths.end());
    for (const IndexedTrial& trial : found) {
      std::string started = trial.started.substr(0, 16);
      std::replace(started.begin(), started.end(), 'T', ' ');
      rows.push_back({trial.hash.substr(0, 8), std::string(to_text(trial.state)), std::to_string(trial.seed),
                      started, trial.started.empty() ? "" : duration_text(trial.seconds)});
      for (const std::string& path : paths)
        rows.back().push_back(printable(short_number(index.value(trial.hash, path).value_or("–"))));
    }
    std::vector<std::size_t> widths(rows[0].size());
    for (const auto& row : rows) {
      for (std::size_t i = 0; i < row.size(); ++i)
        widths[i] = std::min(kWidest, std::max(widths[i], display_width(row[i])));
    }
    for (const auto& row : rows) {
      std::string line;
      for (std::size_t i = 0; i < row.size(); ++i) line += (i > 0 ? "  " : "") + fitted(row[i], widths[i]);
      line.erase(line.find_last_not_of(' ') + 1);
      context.out << cut(line, static_cast<std::size_t>(std::max(context.columns, 80))) << '\n';
    }
  }
};

}  // namespace

std::unique_ptr<Command> ls_command() { return std::make_unique<Ls>(); }

}  // namespace spanlab::cli
