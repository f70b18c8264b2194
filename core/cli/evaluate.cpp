// SPDX-License-Identifier: MIT
#include "app/evaluate.hpp"

#include <algorithm>
#include <array>
#include <ostream>

#include "cli/commands.hpp"
#include "records/score_json.hpp"

namespace spanlab::host::cli {

namespace {

constexpr std::size_t kLongestName = 36;  // so that the table fits 80 columns

void print_table(std::ostream& out, std::string_view title, const ScoreTable& table, std::size_t names) {
  auto row = [&](const std::string& name, const Score& score) {
    out << fmt::format("  {:<{}}  {:>9.2f}  {:>6.2f}  {:>6.2f}  {:>7}\n", name, names, score.precision,
                       score.recall, score.f1, score.support);
  };
  out << fmt::format("{:<{}}  precision  recall      f1  support\n", title, names + 2);
  for (const auto& [name, score] : table.per_type) row(name, score);
  row("micro", table.micro);
  row("macro", table.macro);
}

void print_false_positives(std::ostream& out, const SpanScores& scores) {
  constexpr std::array<const char*, kIouBuckets.size()> names{"IoU 0", "below 0.25", "0.25 to 0.5",
                                                              "0.5 to 0.75", "0.75 to 1"};
  out << "\nspans that are no entity, by overlap with the nearest one\n";
  out << fmt::format("  {:<16}  predicted  of spans  % of them\n", "");
  for (std::size_t i = 0; i < names.size(); ++i) {
    const SpanScores::Bucket& bucket = scores.buckets[i];
    const std::optional<double> rate = bucket.rate();
    out << fmt::format("  {:<16}  {:>9}  {:>8}  {:>9}\n", names[i], bucket.predicted, bucket.negatives,
                       rate ? fmt::format("{:.2f}", *rate) : "-");
  }
}

std::size_t width_of_names(const Scores& scores) {
  std::size_t width = 16;
  for (const ScoreTable* table : {&scores.entity, &scores.relation_boundary}) {
    for (const auto& [name, score] : table->per_type) width = std::clamp(name.size(), width, kLongestName);
  }
  return width;
}

void print(const app::Evaluation& evaluation, std::ostream& out) {
  const std::size_t names = width_of_names(evaluation.scores);
  print_table(out, "entity", evaluation.scores.entity, names);
  out << '\n';
  print_table(out, "relation.boundary", evaluation.scores.relation_boundary, names);
  out << '\n';
  print_table(out, "relation.strict", evaluation.scores.relation_strict, names);
  print_false_positives(out, evaluation.spans);
}

void print_json(const app::Evaluation& evaluation, std::ostream& out) {
  ScoreTree all = score_tree(evaluation.scores);
  all["spans"] = score_tree(evaluation.spans);
  out << to_json(all).dump(2) << '\n';
}

void declare(Arguments& arguments, app::EvaluateOptions& options) {
  arguments.option(
      "gold", "GOLD", options.gold,
      "annotated sentences: JSON objects with tokens, entities, relations, as a list or one a line");
  arguments.option_takes(Takes::file);
  arguments.option("predictions", "FILE", options.predictions,
                   "the same sentences with what a system predicted; what `spanlab predict` prints is one");
  arguments.option_takes(Takes::file);
  arguments.option("types", "TYPES", options.types,
                   "the types file: entity and relation types, symmetric or not");
  arguments.option_takes(Takes::file);
  arguments.flag("no-overlapping", options.no_overlapping,
                 "drop entities that overlap another, and relations whose arguments overlap, on both sides");
}

ExitCode evaluate(const app::EvaluateOptions& options, Context& context) {
  const app::Evaluation evaluation = app::evaluate(options, context.places);
  if (context.json) {
    print_json(evaluation, context.out);
  } else {
    print(evaluation, context.out);
  }
  return ExitCode::done;
}

}  // namespace

Command evaluate_command() {
  return make_command(
      {.name = "evaluate",
       .synopsis = "--gold GOLD --predictions FILE --types TYPES [--no-overlapping]",
       .summary = "score any system's predictions (SpERT's JSON form)",
       .examples = {"spanlab evaluate --gold test.json --predictions out.json --types types.json",
                    "spanlab evaluate --gold g.json --predictions p.json --types t.json --json"}},
      declare, evaluate);
}

}  // namespace spanlab::host::cli
