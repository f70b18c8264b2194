// SPDX-License-Identifier: MIT
#include "app/errors.hpp"

#include <algorithm>
#include <ostream>

#include "cli/commands.hpp"
#include "cli/text.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::host::cli {

namespace {

constexpr std::size_t kNames = 26;  // so that the widest table fits 80 columns
constexpr std::size_t kMostConfusions = 8;

// Counts as means over the trials.
class Means {
 public:
  explicit Means(std::size_t trials) : trials_(trials) {}

  std::string text(std::int64_t count) const {
    if (trials_ == 1) return fmt::format("{}", count);
    return fmt::format("{:.1f}", static_cast<double>(count) / static_cast<double>(trials_));
  }

 private:
  std::size_t trials_;
};

std::string spaced(std::string name) {
  std::ranges::replace(name, '_', ' ');
  return name;
}

// `argument.type` as `wrong argument: type`; `boundary` as it is.
std::string category_text(const std::string& name) {
  if (name.starts_with("argument.")) return "argument: " + spaced(name.substr(9));
  return spaced(name);
}

void print_categories(std::string_view title, const ItemErrorCounts& counts, const Means& means,
                      std::ostream& out) {
  const Score score = counts.all.score();
  out << fmt::format("{}: {} correct, {} false positives, {} false negatives (F1 {:.2f})\n", title,
                     means.text(counts.all.correct), means.text(counts.all.false_positives),
                     means.text(counts.all.false_negatives), score.f1);
  if (counts.all.errors() == 0) return;
  out << fmt::format("  {:<{}}  {:>9}  {:>9}  {:>8}\n", "", kNames, "false pos", "false neg", "of all");
  for (const ErrorLine& line : counts.categories) {
    if (line.errors() == 0) continue;
    out << fmt::format("  {:<{}}  {:>9}  {:>9}  {:>6.1f} %\n", category_text(line.name), kNames,
                       line.false_positives > 0 ? means.text(line.false_positives) : "",
                       line.false_negatives > 0 ? means.text(line.false_negatives) : "",
                       percent(line.errors(), counts.all.errors()));
  }
}

void print_breakdown(const ErrorTable& table, const Means& means, std::ostream& out) {
  out << fmt::format("  {}  {:>7}  {:>7}  {:>7}  {:>6}  {:>6}  {:>6}\n", fitted("by " + table.name, kNames),
                     "correct", "fp", "fn", "prec", "recall", "f1");
  for (const ErrorLine& line : table.lines) {
    if (line.correct + line.errors() == 0) continue;
    const Score score = line.score();
    out << fmt::format("    {}  {:>7}  {:>7}  {:>7}  {:>6.2f}  {:>6.2f}  {:>6.2f}\n",
                       fitted(printable(line.name), kNames - 2), means.text(line.correct),
                       means.text(line.false_positives), means.text(line.false_negatives), score.precision,
                       score.recall, score.f1);
  }
}

// The commonest types that became others.
void print_confusion(const ItemErrorCounts& counts, const Means& means, std::ostream& out) {
  struct Cell {
    std::int64_t count;
    std::size_t gold, predicted;
  };
  std::vector<Cell> cells;
  const std::size_t none = counts.types.size() - 1;
  for (std::size_t gold = 0; gold < none; ++gold) {
    for (std::size_t said = 0; said < none; ++said) {
      if (gold != said && counts.confusion[gold][said] > 0)
        cells.push_back({counts.confusion[gold][said], gold, said});
    }
  }
  if (cells.empty()) return;
  std::ranges::stable_sort(cells, std::ranges::greater(), &Cell::count);
  out << "  types taken for others\n";
  for (std::size_t i = 0; i < std::min(cells.size(), kMostConfusions); ++i) {
    out << fmt::format("    {:>7}  {} for {}\n", means.text(cells[i].count),
                       printable(counts.types[cells[i].predicted]), printable(counts.types[cells[i].gold]));
  }
}

void print_items(std::string_view title, const ItemErrorCounts& counts, const Means& means,
                 std::ostream& out) {
  print_categories(title, counts, means, out);
  for (const ErrorTable& table : counts.breakdowns) print_breakdown(table, means, out);
  print_confusion(counts, means, out);
  out << '\n';
}

void print_ceiling(std::string_view title, const CeilingCounts& ceiling, std::ostream& out) {
  if (ceiling.gold == 0) return;
  const Score found = score_of(ceiling.on_found_arguments);
  out << fmt::format("  {}: recall {:.2f} at most; F1 {:.2f} among found arguments\n", title,
                     ceiling.recall(), found.f1);
}

void print_scores(std::string_view title, const JudgedItems& items, std::ostream& out) {
  constexpr std::size_t kPoints = 6;
  if (items.predicted.empty()) return;
  out << fmt::format("  {}  {:>9}  {:>6}  {:>6}  {:>6}\n", fitted(title, kNames), "threshold", "prec",
                     "recall", "f1");
  for (const CurvePoint& point : thinned(precision_recall_curve(items), kPoints)) {
    out << fmt::format("  {:<{}}  {:>9.4f}  {:>6.2f}  {:>6.2f}  {:>6.2f}\n", "", kNames, point.threshold,
                       point.score.precision, point.score.recall, point.score.f1);
  }
  out << fmt::format("    expected calibration error {:.4f}\n", calibration(items).expected_error);
}

void print_tables(const app::FoundErrors& found, std::ostream& out) {
  const Means means(found.counts.trials);
  print_items("entities", found.counts.entity, means, out);
  print_items("relations, strict", found.counts.strict, means, out);
  print_categories("relations by boundary", found.counts.boundary, means, out);
  if (found.counts.ceiling_strict.gold > 0) out << "\nwhat the entities leave to the relations\n";
  print_ceiling("strict", found.counts.ceiling_strict, out);
  print_ceiling("by boundary", found.counts.ceiling_boundary, out);
  if (found.entities.predicted.empty()) return;
  out << "\nscores of predictions, from the model's own threshold up\n";
  print_scores("entities", found.entities, out);
  print_scores("relations, strict", found.relations, out);
}

void print_examples(const app::FoundErrors& found, const Context& context) {
  const std::size_t trials = found.counts.trials;
  for (const app::ErrorExample& example : found.examples) {
    const std::string seeds =
        trials > 1 ? fmt::format(", {} of {} trials", example.seeds.size(), trials) : "";
    context.out << fmt::format("{}  sentence {}{}\n", example.category, printable(example.id), seeds);
    print_hanging(context.out, "  ", example.text, context.columns);
    if (!example.gold.empty()) context.out << "  gold       " << printable(example.gold) << '\n';
    if (!example.predicted.empty()) context.out << "  predicted  " << printable(example.predicted) << '\n';
  }
  context.out << fmt::format("{} of {} errors; [gold] {{predicted}}\n", found.examples.size(),
                             found.examples_found);
}

void print(const app::FoundErrors& found, bool examples, const Context& context) {
  const SharedErrors& errors = found.errors;
  context.out << printable(found.name) << " on " << printable(errors.split);
  if (!errors.group.empty()) context.out << ", " << printable(errors.group);
  if (found.counts.trials > 1)
    context.out << fmt::format(": {} trials, counts on average, scores of all together", found.counts.trials);
  context.out << "\n\n";
  if (examples) {
    print_examples(found, context);
  } else {
    print_tables(found, context.out);
  }
}

void declare(Arguments& arguments, app::ErrorsOptions& options) {
  arguments.argument("subject", options.subject,
                     "the beginning of a trial's hash, or a row of a study as STUDY:ROW, by its label or its "
                     "last value (`spanlab status` has the labels)");
  arguments.argument_takes(Takes::trials);
  arguments.option("group", "NAME", options.group,
                   "of a model with several span tasks: the view, task or 'union' (default: the first)");
  arguments.option("category", "NAME", options.category,
                   "print the sentences with such errors, as entity.boundary or relation.argument");
  arguments.option_takes(Choices(app::error_categories()));
  arguments.option("type", "NAME", options.type,
                   "print the sentences with errors of this entity or relation type");
  arguments.option("limit", "N", options.limit, "errors that are printed at most; 0: all",
                   Range{.least = 0, .what = "a number of errors"});
}

ExitCode errors(const app::ErrorsOptions& options, Context& context) {
  const app::FoundErrors found = app::find_errors(options, context.places);
  if (!context.quiet) {
    for (const std::string& left_out : found.errors.left_out) context.err << "left out: " << left_out << '\n';
    if (!found.errors.knows_seen)
      context.err << "the training part is not at hand: nothing is said of seen mentions\n";
    if (found.errors.groups.size() > 1 && !options.group)
      context.err << fmt::format("groups: {}; --group chooses\n", fmt::join(found.errors.groups, ", "));
  }
  if (context.json) {
    context.out << app::errors_json(found) << '\n';
  } else {
    print(found, options.category || options.type, context);
  }
  return ExitCode::done;
}

}  // namespace

Command errors_command() {
  return make_command(
      {.name = "errors",
       .synopsis = "TRIAL|STUDY:ROW [--category NAME] [--type NAME] [--limit N] [--group NAME]",
       .summary = "what is wrong with the predictions of a trial, or of a row's trials on average",
       .examples = {"spanlab errors 3fa9c1",
                    "spanlab errors negatives:60 --category relation.argument --limit 3"}},
      declare, errors);
}

}  // namespace spanlab::host::cli
