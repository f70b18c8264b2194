// SPDX-License-Identifier: MIT
#include "report/made_up_study.hpp"

#include <fmt/format.h>

#include "records/attempt_files.hpp"
#include "records/counts_by_document.hpp"
#include "data/card.hpp"
#include "files/checksum.hpp"
#include "evaluate/metrics.hpp"
#include "files/files.hpp"

namespace spanlab::test {
namespace {

using nlohmann::json;

Score score(double f1) { return {f1 - 1, f1 + 1, f1, 100}; }

ScoreTable table(double f1, const std::vector<std::string>& types) {
  ScoreTable table{score(f1), score(f1 - 5), {}};
  double of_type = f1;
  for (const std::string& type : types) table.per_type[type] = score(of_type -= 3);
  return table;
}

json base_configuration() {
  return {{"data",
           {{"name", "made-up"},
            {"train", "train"},
            {"dev", ""},
            {"test", "test"},
            {"limit", 0},
            {"overlap", "allowed"}}},
          {"encoder", {{"component", "bert"}, {"model", "minilm"}, {"frozen", false}, {"dropout", 0.1}}},
          {"entity",
           {{"depth", 0},
            {"sampler", {{"component", "uniform"}, {"negatives", 20}}},
            {"loss", {{"identify", {{"component", "bce"}, {"iou_factor", 0}}}}}}},
          {"relation", {{"spans", "entity"}, {"head", {{"component", "pair"}, {"inputs", json::array()}}}}},
          {"train", {{"epochs", 3}, {"lr", 5e-5}, {"precision", "float32"}}}};
}

json::json_pointer pointer(const std::string& path) {
  json::json_pointer result;
  std::stringstream parts(path);
  for (std::string part; std::getline(parts, part, '.');) result /= part;
  return result;
}

}  // namespace

MadeUpStudy::MadeUpStudy() : store("unset") {
  store = RunStore(folder_.path() / "runs");
  plan.study = "made-up";
  plan.question = "Do more negatives help | and does <scaling> matter?";
  plan.script = "experiments/made-up.lua";
  plan.arguments = {"--set", "train.epochs=3"};
  plan.origins = {{"train.lr", "experiments/made-up.lua:9"}, {"encoder.dropout", "default"}};
  plan.report.metrics = {"entity.f1", "relation.strict.f1"};
  environment = {{"threads", 1}, {"processor", "made-up"}};
}

std::size_t MadeUpStudy::add_row(const std::string& label,
                                 const std::vector<std::pair<std::string, json>>& settings,
                                 const std::string& ablation) {
  json factors = json::array();
  for (const auto& [path, value] : settings) factors.push_back({path, value});
  plan.rows.push_back({ablation, factors, label, false});
  return plan.rows.size() - 1;
}

PlannedTrial& MadeUpStudy::plan_trial(std::size_t row, std::int64_t seed) {
  PlannedTrial& trial = plan.trials.emplace_back();
  trial.row = static_cast<std::int64_t>(row);
  trial.seed = seed;
  json configuration = base_configuration();
  for (const json& factor : plan.rows[row].factors) configuration[pointer(factor[0])] = factor[1];
  trial.configuration = std::move(configuration);
  trial.identity = json{{"device", "cpu"}};
  trial.hash = sha256_of(trial.configuration.dump() + plan.rows[row].ablation + std::to_string(seed));
  return trial;
}

std::filesystem::path MadeUpStudy::attempt_folder(const PlannedTrial& trial) const {
  const std::filesystem::path folder = store.trial_folder(trial.hash) / "attempt-1";
  make_folder(folder);
  return folder;
}

void MadeUpStudy::finish(const PlannedTrial& trial, double entity_f1, double strict_f1) {
  const std::filesystem::path folder = attempt_folder(trial);
  std::string lines;
  for (int epoch = 1; epoch <= 3; ++epoch) {
    const double term = 1.0 / epoch, other = term + 0.01 * static_cast<double>(trial.seed);
    EpochRecord record{.epoch = epoch, .step = 10 * epoch, .split = "train", .seconds = 1.5};
    record.losses = EpochLosses{std::nullopt, {{"entity.classify", term}, {"relation.classify", other}}};
    if (totals) record.losses->total = 2 * term + other;
    lines += metrics_line(record) + '\n';
  }
  EpochRecord last{.epoch = 3, .step = 30, .split = "test", .is_final = true, .parameters = parameters};
  last.scores =
      score_tree(Scores{table(entity_f1, types), table(strict_f1 + 0.5, types), table(strict_f1, types)});
  (*last.scores)["spans"]["false_positives"]["iou_50"]["rate"] = 0.1 * entity_f1;
  replace_file(folder / kMetricsFile, lines + metrics_line(last) + '\n', Durability::quick);
  replace_file(folder / "environment.json", environment.dump(), Durability::quick);
  AttemptStatus status{.state = AttemptState::finished, .host = "secret-host"};
  status.started = "2026-01-02T03:04:05Z";
  write_status(folder, status);
}

void MadeUpStudy::count(const PlannedTrial& trial, const CountsByDocument& counts) {
  write_counts(counts, attempt_folder(trial) / kCountsFile);
}

void MadeUpStudy::fail(const PlannedTrial& trial, const std::string& error) {
  write_status(attempt_folder(trial), {.state = AttemptState::failed, .error = error});
}

void MadeUpStudy::interrupt(const PlannedTrial& trial) {
  write_status(attempt_folder(trial), {.state = AttemptState::interrupted, .step = 12, .steps = 30});
}

void fill_two_by_two(MadeUpStudy& study) {
  const std::string negatives = "entity.sampler.negatives";
  const std::string factor = "entity.loss.identify.iou_factor";
  study.plan.factors = {negatives, factor};
  study.plan.seeds = {1, 2, 3};
  study.plan.report.baseline = {{factor, 0}};
  study.plan.report.claim = Claim::test_set;
  const double entity[6][3] = {{80.0, 82.5, 81.25}, {81.5, 83.0, 83.25}, {84.0, 83.5, 85.75},
                               {85.0, 82.0, 86.0},  {79.0, 80.5, 81.0},  {70.25, 71.0, 72.0}};
  const double strict[6][3] = {{60.0, 61.0, 62.5}, {60.5, 60.0, 63.0}, {64.0, 66.5, 65.0},
                               {66.0, 67.5, 68.0}, {59.0, 58.5, 61.0}, {41.0, 43.5, 40.0}};
  std::size_t row = 0;
  for (int count : {20, 100}) {
    for (int scale : {0, 1})
      study.add_row(fmt::format("negatives = {}, iou_factor = {}", count, scale),
                    {{negatives, count}, {factor, scale}});
  }
  study.plan.rows[0].base = true;
  study.add_row("no logits", {{"relation.head.inputs", nlohmann::json::array({"none"})}}, "no logits");
  study.add_row("frozen encoder", {{"encoder.frozen", true}}, "frozen encoder");
  for (; row < study.plan.rows.size(); ++row) {
    for (std::int64_t seed : {1, 2, 3}) {
      PlannedTrial& trial = study.plan_trial(row, seed);
      if (row == 3 && seed == 3) continue;  // not started
      if (row == 5 && seed == 2) {
        study.interrupt(trial);
      } else if (row == 4 && seed == 3) {
        study.fail(trial, "step 17: loss 'entity' is nan\nsee /home/someone/runs/log.txt");
      } else {
        study.finish(trial, entity[row][seed - 1], strict[row][seed - 1]);
      }
    }
  }
}

}  // namespace spanlab::test
