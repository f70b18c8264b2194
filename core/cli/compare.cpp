// SPDX-License-Identifier: MIT
#include "app/compare.hpp"

#include <algorithm>
#include <ostream>

#include "app/compared_text.hpp"
#include "cli/commands.hpp"
#include "cli/text.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::host::cli {

namespace {

void print_scores(const std::vector<app::ComparedScore>& scores, std::ostream& out) {
  for (const app::ComparedScore& score : scores) {
    out << fmt::format("  {:<24}  {}  {}  {:>7}  {:>18}  {:>7}\n", score.path,
                       fitted(app::points_text(score.a), 13), fitted(app::points_text(score.b), 13),
                       app::difference_text(score), app::interval_text(score), app::p_text(score));
  }
  std::string claim;
  for (const app::ComparedScore& score : scores) {
    const std::string verdict = app::verdict_text(score);
    if (verdict.empty()) continue;
    if (score.claim != claim) out << "  claim about " << score.claim << ", each score by itself:\n";
    claim = score.claim;
    out << "    " << score.path << ": " << verdict << '\n';
  }
}

void print_score_table(std::string_view title, const std::vector<app::ComparedScore>& scores,
                       std::ostream& out) {
  if (scores.empty()) return;
  out << fmt::format("{}  {:<13}  {:<13}  {:>7}  {:>18}  {:>7}\n", fitted(title, 26), "A", "B", "B - A",
                     "95 % interval", "p");
  print_scores(scores, out);
  out << '\n';
}

void print_types(const std::vector<app::ComparedType>& types, std::ostream& out) {
  if (types.empty()) return;
  out << fmt::format("{:<34}  {:>6}  {:>6}  {:>7}\n", "F1 by type", "A", "B", "B - A");
  for (const app::ComparedType& type : types) {
    out << fmt::format("  {}  {:>6.2f}  {:>6.2f}  {:>+7.2f}\n", fitted(printable(type.type), 32), type.a.f1,
                       type.b.f1, type.b.f1 - type.a.f1);
  }
  out << '\n';
}

void print_configuration(const app::Compared& compared, const Context& context) {
  if (compared.configuration.empty()) {
    context.out << "both have the same configuration\n\n";
    return;
  }
  context.out << "configuration that differs\n";
  for (const app::ConfigurationDifference& one : compared.configuration) {
    context.out << "  "
                << cut(printable(fmt::format("{}: {} | {}", one.path, one.a, one.b)),
                       static_cast<std::size_t>(std::max(context.columns, 80)) - 2)
                << '\n';
  }
  context.out << '\n';
}

void print_sentences(std::string_view title, const std::vector<app::ComparedSentence>& sentences,
                     std::size_t found, const app::Compared& compared, const Context& context) {
  if (sentences.empty()) return;
  context.out << fmt::format("{}: {} sentences", title, found);
  if (sentences.size() < found) context.out << fmt::format(", the {} most telling", sentences.size());
  context.out << '\n';
  for (const app::ComparedSentence& one : sentences) {
    context.out << fmt::format("  sentence {}: right in {} (A), {} (B)\n", printable(one.id),
                               app::share_text(one.right_a, compared.trials_a),
                               app::share_text(one.right_b, compared.trials_b));
    print_hanging(context.out, "    ", one.text, context.columns);
    const auto wrong = [&](const char* side, const std::vector<app::ErrorExample>& errors,
                           std::size_t trials) {
      for (const app::ErrorExample& error : errors)
        print_hanging(context.out, fmt::format("    {}  ", side), printable(app::wrong_text(error, trials)),
                      context.columns);
    };
    wrong("A", one.wrong_a, compared.trials_a);
    wrong("B", one.wrong_b, compared.trials_b);
  }
  context.out << '\n';
}

void print_names(std::string_view title, const std::vector<std::string>& names, const Context& context) {
  if (names.empty()) return;
  std::vector<std::string> shown;
  for (const std::string& name : names) shown.push_back(printable(name));
  print_hanging(context.out, title, fmt::format("{}", fmt::join(shown, "; ")), context.columns);
}

void print(const app::Compared& compared, const Context& context) {
  context.out << fmt::format("A  {}, {} finished trials\nB  {}, {} finished trials\n\n",
                             printable(compared.a.name), compared.trials_a, printable(compared.b.name),
                             compared.trials_b);
  print_configuration(compared, context);
  print_score_table("scores", compared.scores, context.out);
  for (const app::ComparedRow& row : compared.rows)
    print_score_table(printable(row.label), row.scores, context.out);
  print_names("rows of A alone: ", compared.only_a, context);
  print_names("rows of B alone: ", compared.only_b, context);
  print_types(compared.types, context.out);
  print_sentences("right in A, wrong in B", compared.a_right, compared.a_right_found, compared, context);
  print_sentences("right in B, wrong in A", compared.b_right, compared.b_right_found, compared, context);
}

void declare(Arguments& arguments, app::CompareOptions& options) {
  arguments.argument("a", options.a,
                     "the beginning of a trial's hash, a row of a study as STUDY:ROW, or a study");
  arguments.argument_takes(Takes::trials);
  arguments.argument("b", options.b, "the same; a study is compared with a study");
  arguments.argument_takes(Takes::trials);
  arguments.option("group", "NAME", options.group,
                   "of models with several span tasks: the view, task or 'union' (default: the first)");
  arguments.option("limit", "N", options.limit, "sentences of each side that are printed at most; 0: all",
                   Range{.least = 0, .what = "a number of sentences"});
  arguments.option("html", "FILE", options.html, "write the comparison as a page as well");
  arguments.option_takes(Takes::file);
}

ExitCode compare(const app::CompareOptions& options, Context& context) {
  const app::Compared compared = app::compare(options, context.places);
  if (!context.quiet) {
    for (const std::string& note : compared.notes) context.err << printable(note) << '\n';
    if (options.html) context.err << "page: " << *options.html << '\n';
  }
  if (context.json) {
    context.out << app::compared_json(compared) << '\n';
  } else {
    print(compared, context);
  }
  return ExitCode::done;
}

}  // namespace

Command compare_command() {
  return make_command(
      {.name = "compare",
       .synopsis = "A B [--html FILE] [--limit N] [--group NAME]",
       .summary = "two trials, rows or studies side by side: configuration, scores, types, sentences",
       .examples = {"spanlab compare negatives:20 negatives:60 --html compared.html",
                    "spanlab compare 3fa9c1 81be07 --limit 3"}},
      declare, compare);
}

}  // namespace spanlab::host::cli
