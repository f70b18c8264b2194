// SPDX-License-Identifier: MIT
#include <cmath>

#include "run/progress.hpp"
#include "text/shell_text.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::host {

namespace {

std::string bar(double share, std::size_t columns) {
  auto full =
      static_cast<std::size_t>(std::lround(std::clamp(share, 0.0, 1.0) * static_cast<double>(columns)));
  return '[' + std::string(full, '#') + std::string(columns - full, '.') + ']';
}

double run_share(const RunView& view) {
  double done = 0;
  for (const TrialView& trial : view.trials) {
    bool open =
        trial.phase == Phase::waiting || trial.phase == Phase::running || trial.phase == Phase::elsewhere;
    done += open ? share_done(trial) : 1.0;
  }
  return view.trials.empty() ? 1.0 : done / static_cast<double>(view.trials.size());
}

std::string time_text(const RunView& view) {
  double left = seconds_left(view);
  if (view.stopping) return duration_text(view.seconds) + ", stopping";
  return duration_text(view.seconds) +
         (left < 0 ? std::string() : fmt::format(", {} left", duration_text(left)));
}

// `epoch 2/3`, from the share of the steps.
std::string epoch_text(const TrialView& trial) {
  const nlohmann::json& configuration = trial.trial->configuration;
  std::int64_t epochs =
      configuration.contains("train") ? configuration["train"].value("epochs", std::int64_t{0}) : 0;
  const AttemptStatus& status = trial.attempt.status;
  if (trial.phase == Phase::elsewhere) return "elsewhere";
  if (epochs == 0 || status.steps == 0) return "starting";
  std::int64_t epoch = std::min(epochs, status.step * epochs / status.steps + 1);
  return fmt::format("epoch {}/{}", epoch, epochs);
}

std::string left_text(const TrialView& trial) {
  double share = share_done(trial);
  if (share < 0.02) return "";
  return duration_text(trial.attempt.status.seconds * (1 - share) / share);
}

std::string trial_line(const TrialView& trial, std::size_t columns) {
  double share = share_done(trial);
  std::string epoch = epoch_text(trial);
  std::string right = ' ' + fitted(epoch, std::max<std::size_t>(12, epoch.size() + 1));
  if (columns >= 70) right += bar(share, 10);
  right += fmt::format("{:>4}%", std::lround(share * 100));
  if (columns >= 56) right += fmt::format(" {:>8.4g}", trial.attempt.status.loss);
  if (columns >= 46) right += fmt::format(" {:>7}", left_text(trial));
  std::string name = fmt::format("seed {}  {}", trial.trial->seed, trial.label);
  std::size_t used = 10 + display_width(right);
  std::string left = trial.trial->hash.substr(0, 8) + "  ";
  return cut(left + (columns > used ? fitted(name, columns - used) : std::string()) + right, columns);
}

}  // namespace

std::string counts_text(const RunView& view) {
  std::string text = fmt::format("{} trial{}", view.trials.size(), view.trials.size() == 1 ? "" : "s");
  const char* separator = ": ";
  for (Phase phase : {Phase::cached, Phase::finished, Phase::failed, Phase::failed_before, Phase::interrupted,
                      Phase::running, Phase::elsewhere, Phase::waiting}) {
    std::int64_t count = view.count(phase);
    if (count == 0) continue;
    text += fmt::format("{}{} {}", separator, count, to_text(phase));
    separator = ", ";
  }
  return text;
}

std::vector<std::string> live_lines(const RunView& view, int columns, int rows) {
  auto width = static_cast<std::size_t>(std::max(columns, 1));
  std::vector<std::string> lines{cut(fmt::format("{}: {}", view.study, counts_text(view)), width)};
  std::string time = time_text(view);
  double share = run_share(view);
  std::string percent = fmt::format(" {:>3}%  {}", std::lround(share * 100), time);
  std::size_t room = width > percent.size() + 2 ? width - percent.size() - 2 : 0;
  lines.push_back(
      cut((room >= 8 ? bar(share, std::min<std::size_t>(room, 40)) : std::string()) + percent, width));
  std::vector<std::string> trials;
  for (const TrialView& trial : view.trials) {
    if (trial.phase == Phase::running || trial.phase == Phase::elsewhere) {
      trials.push_back(trial_line(trial, width));
    }
  }
  std::size_t most = static_cast<std::size_t>(std::max(rows - 3, 1));
  if (trials.size() > most) {
    std::size_t hidden = trials.size() - most + 1;
    trials.resize(most - 1);
    trials.push_back(cut(fmt::format("and {} more", hidden), width));
  }
  lines.insert(lines.end(), trials.begin(), trials.end());
  if (static_cast<int>(lines.size()) > rows) lines.resize(static_cast<std::size_t>(std::max(rows, 1)));
  return lines;
}

std::vector<std::string> failure_lines(const TrialView& trial, const std::vector<std::string>& tail) {
  std::string hash = trial.trial->hash.substr(0, 8);
  std::vector<std::string> lines{fmt::format("failed {}  {}, seed {}, after {}", hash, trial.label,
                                             trial.trial->seed, duration_text(trial.attempt.status.seconds)),
                                 "  " + printable(trial.attempt.status.error)};
  const std::string runs = runs_words(trial.attempt.folder.parent_path().parent_path().parent_path());
  if (!tail.empty()) {
    lines.push_back(fmt::format("  the end of its log (`spanlab logs {}{}` prints it all):", hash, runs));
  }
  for (const std::string& line : tail) lines.push_back("  | " + line);
  return lines;
}

}  // namespace spanlab::host
