// SPDX-License-Identifier: MIT
#include <array>

#include "cli/command.hpp"
#include "cli/commands.hpp"
#include "data/dataset.hpp"
#include "evaluate/metrics.hpp"
#include "evaluate/span_scores.hpp"
#include "records/score_json.hpp"
#include "sdk/problem_list.hpp"
#include "spanlab/error.hpp"
#include "text/look_alike.hpp"

namespace spanlab::cli {

namespace po = boost::program_options;

namespace {

constexpr std::size_t kLongestName = 36;  // so that the table fits 80 columns

/// The three files, in this order. Names every one that is missing.
std::array<std::string, 3> files(const po::variables_map& options) {
  constexpr std::array names{"gold", "predictions", "types"};
  std::array<std::string, 3> given;
  std::vector<Problem> problems;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (options.count(names[i])) {
      given[i] = options[names[i]].as<std::string>();
    } else {
      problems.push_back({std::string("--") + names[i], "expected a file"});
    }
  }
  if (!problems.empty()) throw Error(ErrorKind::usage, problems);
  return given;
}

/// Reads both files before complaining, so that the problems of both are seen at once.
std::array<std::vector<Sentence>, 2> read_both(const std::string& gold, const std::string& predictions,
                                               const Inventory& inventory) {
  std::array<std::vector<Sentence>, 2> read;
  std::vector<Problem> problems;
  ErrorKind kind = ErrorKind::data;
  for (std::size_t side = 0; side < 2; ++side) {
    try {
      read[side] = read_spert(side == 0 ? gold : predictions, inventory, Annotations::needed);
    } catch (const Error& error) {
      kind = error.kind();
      problems.insert(problems.end(), error.problems().begin(), error.problems().end());
    }
  }
  if (!problems.empty()) throw Error(kind, problems);
  return read;
}

/// Scores mean nothing unless both files hold the same sentences in the same order.
void check_same_sentences(const std::vector<Sentence>& gold, const std::vector<Sentence>& predicted,
                          const std::string& place) {
  if (gold.size() != predicted.size()) {
    throw Error(
        ErrorKind::data, place,
        fmt::format("expected the {} sentences of the gold file, got {}", gold.size(), predicted.size()));
  }
  std::vector<Problem> problems;
  for (std::size_t i = 0; i < gold.size(); ++i) {
    if (gold[i].words == predicted[i].words) continue;
    auto [expected, got] = std::ranges::mismatch(gold[i].words, predicted[i].words);
    auto word = [](auto at, const auto& words) {
      return at == words.end() ? std::string("no word") : "\"" + *at + "\"";
    };
    add_problem(problems, place,
                fmt::format("sentence {} is not that of the gold file: word {} is {}, expected {}{}", i,
                            expected - gold[i].words.begin(), word(got, predicted[i].words),
                            word(expected, gold[i].words),
                            look_alike(word(got, predicted[i].words), word(expected, gold[i].words))));
  }
  if (!problems.empty()) throw Error(ErrorKind::data, problems);
}

std::vector<Annotation> annotations(const std::vector<Sentence>& sentences) {
  std::vector<Annotation> result;
  for (const Sentence& sentence : sentences) result.push_back(sentence.views.at(0));
  return result;
}

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

std::vector<std::int32_t> lengths(const std::vector<Sentence>& sentences) {
  std::vector<std::int32_t> words;
  for (const Sentence& sentence : sentences)
    words.push_back(static_cast<std::int32_t>(sentence.words.size()));
  return words;
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

class Evaluate : public Command {
 public:
  std::string name() const override { return "evaluate"; }
  std::string synopsis() const override {
    return "--gold GOLD --predictions FILE --types TYPES [--no-overlapping]";
  }
  std::string summary() const override { return "score any system's predictions (SpERT's JSON form)"; }
  std::vector<std::string> examples() const override {
    return {"spanlab evaluate --gold test.json --predictions out.json --types types.json",
            "spanlab evaluate --gold g.json --predictions p.json --types t.json --json"};
  }

  void declare(po::options_description& options, po::positional_options_description&) const override {
    auto add = options.add_options();
    add("gold", po::value<std::string>()->value_name("GOLD"),
        "annotated sentences: JSON objects with tokens, entities, relations, as a list or one a line");
    add("predictions", po::value<std::string>()->value_name("FILE"),
        "the same sentences with what a system predicted; what `spanlab predict` prints is one");
    add("types", po::value<std::string>()->value_name("TYPES"),
        "the types file: entity and relation types, symmetric or not");
    add("no-overlapping", po::bool_switch(),
        "drop entities that overlap another, and relations whose arguments overlap, on both sides");
  }

  ExitCode run(const po::variables_map& options, Context& context) const override {
    auto [gold_file, predictions_file, types_file] = files(options);
    Inventory inventory = read_types(types_file);
    auto [gold, predicted] = read_both(gold_file, predictions_file, inventory);
    check_same_sentences(gold, predicted, predictions_file);
    Overlap overlaps = options["no-overlapping"].as<bool>() ? Overlap::removed : Overlap::allowed;
    Scores scores = score(annotations(gold), annotations(predicted), inventory, overlaps);
    SpanScores spans = score_spans(lengths(gold), annotations(gold), annotations(predicted));
    if (context.json) {
      ScoreTree all = score_tree(scores);
      all["spans"] = score_tree(spans);
      context.out << to_json(all).dump(2) << '\n';
      return ExitCode::done;
    }
    std::size_t names = 16;
    for (const auto* table : {&scores.entity, &scores.relation_boundary}) {
      for (const auto& [name, score] : table->per_type) names = std::clamp(name.size(), names, kLongestName);
    }
    print_table(context.out, "entity", scores.entity, names);
    context.out << '\n';
    print_table(context.out, "relation.boundary", scores.relation_boundary, names);
    context.out << '\n';
    print_table(context.out, "relation.strict", scores.relation_strict, names);
    print_false_positives(context.out, spans);
    return ExitCode::done;
  }
};

}  // namespace

std::unique_ptr<Command> evaluate_command() { return std::make_unique<Evaluate>(); }

}  // namespace spanlab::cli
