// SPDX-License-Identifier: MIT
#include "app/errors.hpp"

#include "app/chosen_trials.hpp"
#include "sdk/utf8.hpp"

namespace spanlab::host::app {

using nlohmann::json;

namespace {

json to_json(const ErrorLine& line) {
  const Score score = line.score();
  return {{"name", line.name},
          {"correct", line.correct},
          {"false_positives", line.false_positives},
          {"false_negatives", line.false_negatives},
          {"precision", score.precision},
          {"recall", score.recall},
          {"f1", score.f1}};
}

json to_json(const std::vector<ErrorLine>& lines) {
  json all = json::array();
  for (const ErrorLine& line : lines) all.push_back(to_json(line));
  return all;
}

json to_json(const ItemErrorCounts& counts) {
  json categories = json::array();
  for (const ErrorLine& line : counts.categories) {
    categories.push_back({{"name", line.name},
                          {"false_positives", line.false_positives},
                          {"false_negatives", line.false_negatives}});
  }
  json breakdowns = json::object();
  for (const ErrorTable& table : counts.breakdowns) breakdowns[table.name] = to_json(table.lines);
  json all = to_json(counts.all);
  all.erase("name");
  return {{"all", std::move(all)},
          {"categories", std::move(categories)},
          {"by", std::move(breakdowns)},
          {"confusion", {{"types", counts.types}, {"gold_by_predicted", counts.confusion}}}};
}

json to_json(const CeilingCounts& ceiling) {
  const Score score = score_of(ceiling.on_found_arguments);
  return {
      {"gold", ceiling.gold},
      {"reachable", ceiling.reachable},
      {"recall", ceiling.recall()},
      {"on_found_arguments", {{"precision", score.precision}, {"recall", score.recall}, {"f1", score.f1}}}};
}

json to_json(const JudgedItems& items) {
  constexpr std::size_t kPoints = 200;
  json points = json::array(), bins = json::array();
  for (const CurvePoint& point : thinned(precision_recall_curve(items), kPoints)) {
    points.push_back({{"threshold", point.threshold},
                      {"predicted", point.predicted},
                      {"precision", point.score.precision},
                      {"recall", point.score.recall},
                      {"f1", point.score.f1}});
  }
  const Calibration calibrated = calibration(items);
  for (const CalibrationBin& bin : calibrated.bins) {
    bins.push_back({{"low", bin.low},
                    {"high", bin.high},
                    {"predicted", bin.predicted},
                    {"correct", bin.correct},
                    {"mean_score", bin.mean_score}});
  }
  return {{"curve", std::move(points)},
          {"calibration", {{"expected_error", calibrated.expected_error}, {"bins", std::move(bins)}}}};
}

json to_json(const ErrorExample& example) {
  json node{{"category", example.category},
            {"sentence", example.sentence},
            {"id", valid_utf8(example.id)},
            {"text", example.text},
            {"gold", nullptr},
            {"predicted", nullptr},
            {"seeds", example.seeds}};
  if (!example.gold.empty()) node["gold"] = example.gold;
  if (!example.predicted.empty()) node["predicted"] = example.predicted;
  return node;
}

}  // namespace

FoundErrors find_errors(const ErrorsOptions& options, const Places& places) {
  const RunStore store(places.runs);
  const ChosenTrials chosen = choose_row(options.subject, store);
  const Registry registry = load_what_can_be(places);
  const CardIndex cards = load_cards(beside_script(places, options.subject), registry);
  EvaluatedReader reader(registry, cards);
  FoundErrors found{.name = chosen.name,
                    .errors = read_errors(chosen.trials, options.group.value_or(""), store, reader)};
  found.counts = counts_of(found.errors);
  for (const TrialErrors& one : found.errors.trials) {
    found.entities += judged_entities(one.group.gold, one.group.predicted, found.errors.overlap);
    found.relations += judged_relations(one.group.gold, one.group.predicted, one.group.inventory,
                                        found.errors.overlap, ArgumentTypes::compared);
  }
  if (options.category || options.type) {
    found.examples = error_examples(found.errors, {options.category, options.type});
    found.examples_found = found.examples.size();
    const auto most = static_cast<std::size_t>(options.limit);
    if (most > 0 && found.examples.size() > most) found.examples.resize(most);
  }
  return found;
}

std::string errors_json(const FoundErrors& found) {
  json trials = json::array();
  for (const TrialErrors& one : found.errors.trials) trials.push_back(one.trial.hash);
  json examples = json::array();
  for (const ErrorExample& example : found.examples) examples.push_back(to_json(example));
  const json all{
      {"name", found.name},
      {"split", found.errors.split},
      {"group", found.errors.group},
      {"groups", found.errors.groups},
      {"trials", std::move(trials)},
      {"left_out", found.errors.left_out},
      {"counts", "sums over the trials"},
      {"entity", to_json(found.counts.entity)},
      {"relation", {{"strict", to_json(found.counts.strict)}, {"boundary", to_json(found.counts.boundary)}}},
      {"ceiling",
       {{"strict", to_json(found.counts.ceiling_strict)},
        {"boundary", to_json(found.counts.ceiling_boundary)}}},
      {"scores", {{"entity", to_json(found.entities)}, {"relation", to_json(found.relations)}}},
      {"examples_found", found.examples_found},
      {"examples", std::move(examples)}};
  return all.dump(2);
}

}  // namespace spanlab::host::app
