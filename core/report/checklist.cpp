// SPDX-License-Identifier: MIT
#include <set>

#include "report/versions.hpp"
#include "report/writers.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::host {
namespace {

constexpr std::string_view kUnknown = "**unknown to the store:** ";
constexpr std::string_view kNotMet = "**not met:** ";

/// Plain text in a list of Markdown.
std::string escaped(std::string_view given) {
  std::string result;
  for (char c : printable(given)) {
    if (std::string_view("\\`*_[]<>|#~$&").find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

std::string said(const Lines& lines, const std::string& name) {
  const auto found = std::ranges::find(lines, name, &std::pair<std::string, std::string>::first);
  return found == lines.end() ? "" : found->second;
}

std::string known_or(const std::string& text, const std::string& what) {
  return text.empty() ? std::string(kUnknown) + what : escaped(text);
}

/// The fewest finished trials of a row.
std::size_t fewest_runs(const Report& report) {
  std::size_t fewest = SIZE_MAX;
  for (const ResultTable& table : report.tables) {
    for (const ResultRow& row : table.rows) fewest = std::min(fewest, row.finished());
  }
  return fewest == SIZE_MAX ? 0 : fewest;
}

std::string runs(const Report& report) {
  const std::string text = said(report.setup, "trials") + "; seeds " + said(report.setup, "seeds");
  return fewest_runs(report) > 1 ? escaped(text)
                                 : std::string(kNotMet) + "some rows have fewer than two; " + escaped(text);
}

std::string tests(const Report& report) {
  return report.procedure.empty() ? std::string(kNotMet) + "nothing is tested" : escaped(report.procedure);
}

/// A heading of the checklist with its points.
struct Part {
  std::string title;
  Lines points;
};

std::string hardware(const Report& report) {
  std::set<std::string> found;
  for (const TrialResult& trial : report.trials) {
    if (!trial.environment.is_object() || !trial.environment.contains("processor")) continue;
    std::string text = value_text(trial.environment["processor"]);
    for (const char* field : {"threads", "device"}) {
      if (trial.environment.contains(field)) {
        text += fmt::format(", {} {}", field, value_text(trial.environment[field]));
      }
    }
    found.insert(text);
  }
  return fmt::format("{}", fmt::join(found, "; "));
}

std::string compute(const Report& report) {
  double seconds = 0;
  std::int64_t memory = 0;
  std::size_t trials = 0;
  for (const TrialResult& trial : report.trials) {
    if (trial.seconds <= 0) continue;
    ++trials;
    seconds += trial.seconds;
    memory = std::max(memory, trial.peak_memory);
  }
  if (trials == 0) return "";
  const double each = seconds / static_cast<double>(trials);
  std::string text = fmt::format("{:.0f} s for each of {} trials in the mean, {:.2f} h together", each,
                                 trials, seconds / 3600);
  if (memory > 0)
    text += fmt::format("; at most {:.0f} MiB of memory", static_cast<double>(memory) / (1 << 20));
  return text;
}

std::string parameters(const Report& report) {
  std::vector<std::string> texts;
  for (const auto& [name, value] : report.setup) {
    if (name.starts_with("trained parameters")) texts.push_back(name + ": " + value);
  }
  return fmt::format("{}", fmt::join(texts, "; "));
}

std::string dev_scores(const Report& report) {
  const auto has_dev = [](const TrialResult& trial) {
    return std::ranges::any_of(trial.epochs, [](const EpochResult& epoch) { return !epoch.scores.empty(); });
  };
  return std::ranges::any_of(report.trials, has_dev) ? "learning curves in report.html and charts/" : "";
}

std::string missing(const Report& report) {
  const auto lost = std::ranges::count_if(
      report.trials, [](const TrialResult& trial) { return trial.ending != TrialEnding::finished; });
  return lost == 0
             ? "all planned trials finished"
             : fmt::format("{} planned trials have no result; report.md lists each with its reason", lost);
}

std::string data_point(const char* what) {
  return fmt::format("{}{}; `spanlab data list` tells the source and licence of the set", kUnknown, what);
}

std::vector<Part> parts_of(const Report& report) {
  const auto setup = [&](const std::string& name) { return said(report.setup, name); };
  const std::string commands = fmt::format("{}", fmt::join(report.commands, "; "));
  return {
      {"Dodge et al. (2019): for all experiments",
       {{"Description of computing infrastructure",
         known_or(hardware(report), "the environments of the trials")},
        {"Average runtime for each approach", known_or(compute(report), "the run times")},
        {"Number of parameters in each model", known_or(parameters(report), "they were not stored")},
        {"Validation performance for each reported test result",
         known_or(dev_scores(report), "no dev split was scored")},
        {"Link to implemented code", "the study's script and Spanlab: " + escaped(commands)}}},
      {"Dodge et al. (2019): for a search over hyperparameters",
       {{"Bounds and values that were tried",
         "every parameter with the rows that have each value: the appendix "
         "of report.md"},
        {"Best-found configuration", "report.md marks the best mean of each score"},
        {"Number of search trials", known_or(setup("trials"), "")},
        {"How values were selected, and by which criterion",
         std::string(kUnknown) + "trials of other studies that led to the fixed values"},
        {"Summary statistics, such as mean and variance",
         "mean, sample standard deviation and 95 % interval of each row: table.csv"}}},
      {"Ulmer et al. (2022): data",
       {{"Which data and splits, as they were scored", known_or(setup("data"), "the data")},
        {"Annotation, quality and licence", data_point("what the data's authors say of them")},
        {"Preprocessing", "tokenization by the encoder" +
                              (setup("set by the study").empty()
                                   ? std::string()
                                   : "; what the study set: " + escaped(setup("set by the study")))}}},
      {"Ulmer et al. (2022): code and models",
       {{"Versions of libraries", known_or(versions_text(report.trials), "they were not stored")},
        {"All hyperparameters", "the appendix of report.md, and report.json"},
        {"Seeds", known_or(setup("seeds"), "the seeds")},
        {"Commands that reproduce the results", escaped(commands)},
        {"Release of code, models and predictions", std::string(kUnknown) + "where they are published"}}},
      {"Ulmer et al. (2022): experiments and analysis",
       {{"Several runs for each configuration", runs(report)},
        {"Runs that failed or were left out", missing(report)},
        {"Selection",
         "the model after the last epoch is scored; each trained model is scored once on the split "
         "that the tables report"},
        {"Significance test and correction for several comparisons", tests(report)},
        {"Hypotheses stated before the runs",
         std::string(kUnknown) + "when they were stated; the study asks: " + escaped(report.question)}}},
      {"Ulmer et al. (2022): publication",
       {{"Environmental cost", known_or(compute(report), "the run times") + "; the energy is not measured"},
        {"Limitations and social impact", std::string(kUnknown) + "for the authors to say"}}},
  };
}

}  // namespace

std::string checklist(const Report& report) {
  std::string text = fmt::format("# Reproducibility checklist: {}\n\n", escaped(report.study));
  text +=
      "Filled from what the run store knows, after Dodge et al. (2019), \"Show Your Work\", and Ulmer et al. "
      "(2022), \"Experimental Standards for Deep Learning in Natural Language Processing Research\".\n\n";
  for (const Part& part : parts_of(report)) {
    text += "## " + part.title + "\n\n";
    for (const auto& [point, answer] : part.points) {
      const bool open = answer.starts_with(kUnknown) || answer.starts_with(kNotMet);
      text += fmt::format("- [{}] {}: {}\n", open ? ' ' : 'x', point, answer);
    }
    text += "\n";
  }
  return text;
}

}  // namespace spanlab::host
