// SPDX-License-Identifier: MIT
#include "report/results.hpp"

#include "evaluate/metrics.hpp"
#include "text/terminal_text.hpp"
#include "spanlab/error.hpp"

namespace spanlab {
namespace {

void read_finished(const RunStore& store, const Attempt& attempt, TrialResult& result) {
  nlohmann::json final_line = store.final_scores(attempt);
  if (!final_line.is_object() || !final_line.contains("scores")) {
    result.ending = TrialEnding::failed;
    result.reason = "finished, but no final scores are stored";
    return;
  }
  result.scores = final_line["scores"];
  if (final_line.contains("parameters"))
    result.parameters = final_line["parameters"].get<std::map<std::string, std::int64_t>>();
  result.progress = store.metrics(attempt);
  try {
    result.environment = store.environment(attempt);
  } catch (const Error&) {  // how it was computed is not known; its scores are
  }
  result.ending = TrialEnding::finished;
}

void read_unfinished(const std::vector<Attempt>& attempts, TrialResult& result) {
  if (attempts.empty()) {
    result.reason = "not started";
    return;
  }
  const AttemptStatus& status = attempts.back().status;
  if (status.state == AttemptState::failed) {
    result.ending = TrialEnding::failed;
    result.reason = without_folders(status.error);
  } else {
    result.reason = status.state == AttemptState::interrupted ? "interrupted" : "not finished";
    if (!status.error.empty())
      result.reason = without_folders(status.error);
    else if (status.steps > 0)
      result.reason += fmt::format(" at step {} of {}", status.step, status.steps);
  }
}

bool ends_path(char c) { return std::string_view(" \t\n'\"`,;()[]<>").find(c) != std::string_view::npos; }

}  // namespace

std::optional<double> TrialResult::score(const std::string& metric) const {
  if (ending != TrialEnding::finished) return {};
  try {
    return score_at(scores, metric);
  } catch (const Error&) {
    return {};
  }
}

std::vector<TrialResult> read_results(const Plan& plan, const RunStore& store) {
  std::vector<TrialResult> results;
  for (const PlannedTrial& trial : plan.trials) {
    TrialResult& result = results.emplace_back();
    result.hash = trial.hash;
    result.row = static_cast<std::size_t>(trial.row);
    result.label = printable(plan.rows.at(result.row).label);
    result.seed = trial.seed;
    static const nlohmann::json::json_pointer kFoldPointer("/data/fold");
    if (trial.configuration.contains(kFoldPointer)) result.fold = trial.configuration.at(kFoldPointer);
    if (!result.fold.is_null()) result.label += fmt::format(", fold {}", result.fold.dump());
    try {
      if (auto attempt = store.newest_finished(trial.hash)) {
        read_finished(store, *attempt, result);
      } else {
        read_unfinished(store.attempts(trial.hash), result);
      }
    } catch (const Error& error) {
      result.ending = TrialEnding::failed;
      result.reason = "cannot be read: " + without_folders(error.what());
    } catch (const nlohmann::json::exception& error) {
      result.ending = TrialEnding::failed;
      result.reason = fmt::format("cannot be read: {}", error.what());
    }
  }
  return results;
}

std::string without_folders(const std::string& text) {
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    bool begins = text[i] == '/' && !text.substr(i).starts_with("//") &&
                  (i == 0 || ends_path(text[i - 1]) || text[i - 1] == '=' || text[i - 1] == ':');
    if (!begins) {
      result += text[i++];
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && !ends_path(text[end])) ++end;
    std::string_view path(text.data() + i, end - i);
    while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
    result += path.size() > 1 ? path.substr(path.rfind('/') + 1) : path;
    i = end;
  }
  return result;
}

}  // namespace spanlab
