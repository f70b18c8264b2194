// SPDX-License-Identifier: MIT
#include <ATen/ATen.h>

#include <algorithm>

#include "parity/agreement_levels.hpp"
#include "parity/spert_model.hpp"

namespace spanlab::test {

namespace {

double length(const at::Tensor& tensor) { return tensor.to(at::kDouble).norm().item<double>(); }

// Names of an output's scores and of their mask in step1.safetensors.
std::pair<std::string, std::string> names_of(const Model& model, const Task& task, const std::string& output,
                                             const NamedTensors& expected) {
  if (output == "emissions") return {"emissions", ""};
  const std::string kind = task.takes_spans() ? "relation" : "entity";
  if (model.labels().views.size() > 1) {
    const std::string part = model.labels().views[task.view] + "." + kind;
    return {part + "_logits", part + "_mask"};
  }
  if (expected.contains(kind + "_" + output)) return {kind + "_" + output, kind + "_mask"};
  if (task.takes_spans() && expected.contains("logits")) return {"logits", ""};
  return task.takes_spans() ? std::pair<std::string, std::string>{"rel_logits", "rel_mask"}
                            : std::pair<std::string, std::string>{"entity_logits", "entity_mask"};
}

// The candidate of each of the fixture's rows, in the batch.
std::vector<std::int64_t> rows_of(const Task& task, const Candidates& candidates,
                                  const nlohmann::json& step) {
  std::vector<std::int64_t> rows;
  for (std::size_t s = 0; s < step.at("sentences").size(); ++s) {
    const nlohmann::json& item = step["sentences"][s];
    if (item.contains("pairs") && task.takes_spans()) {  // in the order of the fixture
      const auto& kept = item.at("kept");
      const at::Tensor drawn = candidates.pairs;
      for (const nlohmann::json& wanted : item["pairs"]) {
        for (std::int64_t row = candidates.offsets[s]; row < candidates.offsets[s + 1]; ++row) {
          const auto span = [&](int end) {
            return candidates.places[drawn[row][end].item<std::int64_t>()].span;
          };
          const auto entity = [&](int end) {
            return Span{item["entities"][wanted[end].get<std::size_t>()]["start"],
                        item["entities"][wanted[end].get<std::size_t>()]["end"]};
          };
          if (span(0) == entity(0) && span(1) == entity(1)) rows.push_back(row);
        }
      }
      BOOST_TEST(kept.size() * (kept.size() - 1) == item["pairs"].size());
      continue;
    }
    for (std::int64_t row = candidates.offsets[s]; row < candidates.offsets[s + 1]; ++row)
      rows.push_back(row);
  }
  return rows;
}

void compare_logits(Comparison& comparison, Model& model, const Batch& batch,
                    std::span<const SentenceSample> samples, const nlohmann::json& step,
                    const std::filesystem::path& folder) {
  const at::NoGradGuard no_gradients;
  Generator generator(1);
  Pass pass{Mode::training, generator};
  const std::vector<TaskScores> scores = score_samples(model, batch, samples, pass);
  const NamedTensors expected = read_tensors(folder / "step1.safetensors").tensors;
  for (std::size_t t = 0; t < scores.size(); ++t) {
    const Task& task = model.tasks()[t];
    for (const OutputShape& output : task.head->outputs()) {
      const auto [name, mask] = names_of(model, task, output.name, expected);
      const std::string place = folder.filename().string() + " " + task.name + "." + output.name;
      const at::Tensor wanted = expected_rows(expected, name, mask).to(at::kDouble).contiguous();
      if (wanted.size(0) == 0) continue;
      const at::Tensor rows = at::tensor(rows_of(task, scores[t].candidates, step), at::kLong);
      const at::Tensor got =
          scores[t].outputs.at(output.name).index_select(0, rows).to(at::kDouble).contiguous();
      BOOST_REQUIRE_MESSAGE(got.sizes() == wanted.sizes(), place);
      for (std::int64_t i = 0; i < got.numel(); ++i) {
        comparison.absolute("step-1 logits", got.const_data_ptr<double>()[i],
                            wanted.const_data_ptr<double>()[i], 1e-4, place + " " + std::to_string(i));
      }
    }
  }
}

void compare_gradient_norms(Comparison& comparison, const Model& model, const Optimizer& optimizer,
                            const std::filesystem::path& folder) {
  const std::map<std::string, double> norms = optimizer.gradient_norms();
  const auto parameters = model.named_parameters();
  const nlohmann::json all = read_json(folder / "grad_norms_step1.json");
  for (const auto& [name, expected] : all.items()) {
    const at::Tensor parameter = parameter_of(model, name);
    const std::string place = folder.filename().string() + " " + name;
    if (!parameter.defined()) {  // the pooler, which Spanlab's encoder does not have
      comparison.exact("gradients absent", expected.is_null(), place);
      continue;
    }
    std::string own;
    for (const auto& item : parameters) {
      if (item.value().is_same(parameter)) own = item.key();
    }
    const auto got = norms.find(own);
    if (expected.is_null())
      comparison.exact("gradients absent", got == norms.end(), place);
    else if (name.ends_with("key.bias"))
      continue;  // rounding noise: softmax does not see it
    else if (got == norms.end())
      comparison.exact("gradients absent", false, place);
    else
      comparison.relative("gradient norms per parameter", got->second, expected, 1e-3, 1e-6, place);
  }
}

void compare_losses(Comparison& comparison, const StepLosses& losses, const nlohmann::json& expected,
                    const std::string& place) {
  comparison.relative("losses", losses.total, expected.at(expected.contains("total") ? "total" : "loss"),
                      1e-3, 1e-4, place);
  for (const auto& [name, value] : expected.items()) {
    const std::string term = term_name(name, losses.terms);
    if (term.empty()) continue;
    const auto found = losses.terms.find(term);
    comparison.exact("terms present", (found != losses.terms.end()) == !value.is_null(), place + " " + name);
    if (found != losses.terms.end() && !value.is_null())
      comparison.relative("losses", found->second, value, 1e-3, 1e-4, place + " " + name);
  }
}

// The level of agreement that a soft label of one type shows is that of its largest number.
void compare_soft_labels(Comparison& comparison, const TaskSample& sample, const nlohmann::json& relations,
                         const AgreementValues& values, std::size_t types, const std::string& place) {
  for (std::size_t row = 0; row < relations.size(); ++row) {
    const std::span<const float> target(sample.targets.data() + row * types, types);
    for (std::size_t i = 0; i < types; ++i)
      comparison.absolute("soft labels", target[i], relations[row].at("soft")[i], 1e-7, place);
    comparison.exact("levels",
                     values.level_of(*std::ranges::max_element(target)) == relations[row].at("level"), place);
  }
}

// How many candidates each task has: all, positive ones and such as have a label; and the soft labels of
// pairs.
void compare_samples(Comparison& comparison, const Model& model, std::span<const SentenceSample> samples,
                     const nlohmann::json& step, const nlohmann::json& expected, const nlohmann::json& config,
                     const std::string& place) {
  for (std::size_t t = 0; t < model.tasks().size(); ++t) {
    const Task& task = model.tasks()[t];
    const std::size_t types = task.types(model.inventory(task));
    std::size_t count = 0, gold = 0, labelled = 0;
    for (std::size_t s = 0; s < samples.size(); ++s) {
      const TaskSample& sample = samples[s][t];
      count += sample.first.size();
      gold += sample.first.size() - static_cast<std::size_t>(std::ranges::count(sample.first, -1));
      for (std::size_t row = 0; row * types < sample.targets.size(); ++row) {
        labelled += std::any_of(&sample.targets[row * types], &sample.targets[row * types] + types,
                                [](float target) { return target > 0; });
      }
      if (!task.takes_spans() || !expected.contains("soft.sci.relation")) continue;
      compare_soft_labels(comparison, sample, part_of(step["sentences"][s], model, task).at("relations"),
                          AgreementValues(config.at("agreement")), types, place);
    }
    const std::string view = model.labels().views.size() > 1 ? model.labels().views[task.view] + "." : "",
                      kind = task.takes_spans() ? "relation" : "entity";
    const auto compare = [&](const std::string& key, std::size_t number) {
      if (expected.contains(key))
        comparison.exact("candidate counts", number == expected[key], place + " " + key);
    };
    compare(view + kind + "_count", count);
    compare(view + "gold_" + kind + "_count", gold);
    if (task.takes_spans()) compare(view + "labelled_count", labelled);
  }
}

// The overlap of candidate spans with the nearest gold entity, where the fixture has it.
void compare_overlaps(Comparison& comparison, const Model& model, const Batch& batch,
                      std::span<const SentenceSample> samples, const nlohmann::json& step, SpanUnit unit,
                      const std::string& place) {
  std::vector<PlacedSpan> places;
  std::vector<const Annotation*> gold;
  std::vector<double> expected;
  for (std::size_t s = 0; s < samples.size(); ++s) {
    gold.push_back(&batch.sentences[s]->views[0]);
    for (const Span& span : samples[s][0].drawn->spans()->spans)
      places.push_back({static_cast<std::int64_t>(s), span});
    for (const nlohmann::json& entity :
         part_of(step["sentences"][s], model, model.tasks()[0]).at("entities")) {
      if (entity.contains("iou")) expected.push_back(entity["iou"]);
    }
  }
  if (expected.empty()) return;
  BOOST_REQUIRE(expected.size() == places.size());
  const at::Tensor overlaps = nearest_iou(span_candidates(batch, std::move(places), std::move(gold)), unit);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    comparison.absolute("overlaps", overlaps[static_cast<std::int64_t>(i)].item<double>(), expected[i], 1e-15,
                        place);
  }
}

void compare_final(Comparison& comparison, const Model& model, const std::map<std::string, at::Tensor>& start,
                   const std::filesystem::path& folder, double tolerance) {
  const NamedTensors expected = read_tensors(folder / "final.safetensors").tensors;
  for (const auto& [name, tensor] : expected) {
    if (name.starts_with("word_") || name.ends_with("key.bias")) continue;
    const at::Tensor got = parameter_of(model, name);
    const std::string place = folder.filename().string() + " " + name;
    BOOST_REQUIRE_MESSAGE(got.defined(), "no parameter for " << place);
    const double change = length(tensor - start.at(name));
    if (change == 0)
      comparison.exact("weights that stay", at::equal(got, start.at(name)), place);
    else
      comparison.absolute("final weights: difference by change", length(got - tensor) / change, 0, tolerance,
                          place);
  }
  if (!expected.contains("word_ids")) return;
  const std::string table = "embeddings.word_embeddings.weight";
  const at::Tensor rows = parameter_of(model, table).index_select(0, expected.at("word_ids"));
  const at::Tensor change = rows - start.at(table).index_select(0, expected.at("word_ids"));
  for (std::int64_t i = 0; i < rows.size(0); ++i) {
    const std::string place = folder.filename().string() + " row " +
                              std::to_string(expected.at("word_ids")[i].item<std::int64_t>());
    const bool occurs = expected.at("word_occurs")[i].item<bool>();
    comparison.relative(occurs ? "change of rows that occur" : "change of rows that never occur",
                        length(change[i]), expected.at("word_embedding_row_change_norms")[i].item<double>(),
                        occurs ? 2e-2 : 0.2, 1e-12, place);
    comparison.relative("norms of word rows", length(rows[i]),
                        expected.at("word_embedding_row_norms")[i].item<double>(), 1e-4, 1e-6, place);
  }
}

// The training run in `folder`, compared at every step.
void compare_run(Comparison& comparison, const std::filesystem::path& folder, double tolerance) {
  const std::string name = folder.filename().string();
  const std::vector<nlohmann::json> steps = read_json_lines(folder / "batches.jsonl"),
                                    expected = read_json_lines(folder / "expected.jsonl");
  const nlohmann::json config = read_json(folder / "config.json");
  const nlohmann::json weighted =
      config.value("/entity/identify/iou_unit"_json_pointer, nlohmann::json("words"));
  const SpanUnit unit = weighted == "pieces" ? SpanUnit::pieces : SpanUnit::words;
  Model* model = nullptr;
  std::map<std::string, at::Tensor> start;
  TrajectoryEvents events;
  const auto place = [&](std::size_t step) { return name + " step " + std::to_string(step + 1); };
  events.begin = [&](std::size_t step, const Batch& batch, std::span<const SentenceSample> samples) {
    if (step == 0) compare_logits(comparison, *model, batch, samples, steps[0], folder);
    compare_samples(comparison, *model, samples, steps[step], expected[step], config, place(step));
    compare_overlaps(comparison, *model, batch, samples, steps[step], unit, place(step));
  };
  events.gradients = [&](std::size_t step, const StepLosses& losses, const Optimizer& optimizer) {
    compare_losses(comparison, losses, expected[step], place(step));
    if (step == 0) compare_gradient_norms(comparison, *model, optimizer, folder);
  };
  events.end = [&](std::size_t step, double gradient_norm, double rate) {
    comparison.relative("gradient norms", gradient_norm, expected[step].at("grad_norm"), 1e-2, 1e-6,
                        place(step));
    if (expected[step].contains("lr"))
      comparison.relative("learning rates", rate, expected[step]["lr"], 1e-9, 1e-15, place(step));
  };
  const auto trained = run_trajectory(folder, events, [&](Model& fresh) {
    model = &fresh;
    for (const auto& [key, tensor] : read_tensors(folder / "final.safetensors").tensors) {
      if (!key.starts_with("word_")) start[key] = parameter_of(fresh, key).detach().clone();
    }
    const std::string table = "embeddings.word_embeddings.weight";
    if (const at::Tensor words = parameter_of(fresh, table); words.defined())
      start[table] = words.detach().clone();
  });
  if (trained) compare_final(comparison, *trained, start, folder, tolerance);
}

void compare_runs(const std::string& folder, double tolerance) {
  if (fixtures_folder(folder).empty()) return;
  Comparison comparison(folder);
  for (const std::filesystem::path& run : cases(folder)) {
    if (!std::filesystem::is_directory(run)) continue;
    const nlohmann::json config = read_json(run / "config.json");
    const bool large = config.contains("encoder") && !config["encoder"].get<std::string>().starts_with("..");
    compare_run(comparison, run,
                large                                                     ? 2e-2
                : config.contains("layers") && config.contains("encoder") ? 1e-3
                                                                          : tolerance);
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(parity_trajectories) { compare_runs("trajectory", 2e-3); }
BOOST_AUTO_TEST_CASE(parity_spert_mt) { compare_runs("systems/spert_mt", 2e-3); }
BOOST_AUTO_TEST_CASE(parity_two_views) { compare_runs("systems/two_views", 2e-3); }
BOOST_AUTO_TEST_CASE(parity_task_depth) { compare_runs("systems/task_depth", 5e-2); }

}  // namespace spanlab::test
