// SPDX-License-Identifier: MIT
#include "report/commands.hpp"

#include "report/published.hpp"
#include "text/shell_text.hpp"

namespace spanlab::host {

std::vector<std::string> reproducing_commands(const Plan& plan, const std::filesystem::path& runs,
                                              const std::string& out) {
  const auto named = [&](const std::filesystem::path& path) {
    return path_word(out.empty() ? path : published(path));
  };
  std::vector<std::string> run{"scripts/spanlab", "run", named(plan.script)};
  for (std::size_t i = 0; i < plan.arguments.size(); ++i) {
    const std::string before = i > 0 ? plan.arguments[i - 1] : "";
    const bool is_path = before == "--data-path" || before == "--plugin-path";
    run.push_back(is_path ? named(plan.arguments[i]) : plan.arguments[i]);
  }
  std::vector<std::string> report{"scripts/spanlab", "report", plan.study};
  if (!out.empty()) report.insert(report.end(), {"--out", named(out)});
  return {shell_line(run) + runs_words(named(runs)), shell_line(report) + runs_words(named(runs))};
}

}  // namespace spanlab::host
