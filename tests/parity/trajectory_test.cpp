// SPDX-License-Identifier: MIT
#include <ATen/ATen.h>

#include "parity/spert_model.hpp"

namespace spanlab::test {

namespace {

double length(const at::Tensor& tensor) { return tensor.to(at::kDouble).norm().item<double>(); }

void compare_logits(Comparison& comparison, Model& model, const Batch& batch, std::span<const SentenceSample> samples,
                    const std::filesystem::path& folder) {
  const at::NoGradGuard no_gradients;
  Generator generator(1);
  Pass pass{Mode::training, generator};
  const std::vector<TaskScores> scores = score_samples(model, batch, samples, pass);
  const NamedTensors expected = read_tensors(folder / "step1.safetensors").tensors;
  for (std::size_t t = 0; t < scores.size(); ++t) {
    const std::string kind = model.tasks()[t].of_pairs() ? "rel" : "entity";
    const at::Tensor rows = expected.at(kind + "_logits").reshape({-1, expected.at(kind + "_logits").size(2)});
    const at::Tensor wanted = rows.index_select(0, expected.at(kind + "_mask").reshape({-1}).nonzero().view({-1})).contiguous();
    if (wanted.size(0) == 0) continue;
    const at::Tensor got = scores[t].outputs.at("classify").contiguous();
    BOOST_REQUIRE(got.sizes() == wanted.sizes());
    for (std::int64_t i = 0; i < got.numel(); ++i) {
      comparison.absolute("step-1 logits", got.const_data_ptr<float>()[i], wanted.const_data_ptr<float>()[i], 1e-4,
                          folder.filename().string() + " " + kind + " " + std::to_string(i));
    }
  }
}

void compare_gradient_norms(Comparison& comparison, const Model& model, const Optimizer& optimizer, const std::filesystem::path& folder) {
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
    if (expected.is_null()) comparison.exact("gradients absent", got == norms.end(), place);
    else if (name.ends_with("key.bias")) continue;  // rounding noise: softmax does not see it
    else if (got == norms.end()) comparison.exact("gradients absent", false, place);
    else comparison.relative("gradient norms per parameter", got->second, expected, 1e-3, 1e-6, place);
  }
}

void compare_losses(Comparison& comparison, const StepLosses& losses, const nlohmann::json& expected, const std::string& place) {
  comparison.relative("losses", losses.total, expected.at("loss"), 1e-3, 1e-4, place);
  comparison.relative("losses", losses.terms.at("entity.classify"), expected.at("entity_loss"), 1e-3, 1e-4, place);
  const bool has_relations = losses.terms.contains("relation.classify");
  comparison.exact("relation loss present", has_relations == !expected.at("rel_loss").is_null(), place);
  if (has_relations) comparison.relative("losses", losses.terms.at("relation.classify"), expected.at("rel_loss"), 1e-3, 1e-4, place);
}

void compare_final(Comparison& comparison, const Model& model, const std::map<std::string, at::Tensor>& start, const std::filesystem::path& folder,
                   bool tiny) {
  const NamedTensors expected = read_tensors(folder / "final.safetensors").tensors;
  for (const auto& [name, tensor] : expected) {
    if (name.starts_with("word_") || name.ends_with("key.bias")) continue;
    const at::Tensor got = parameter_of(model, name);
    const std::string place = folder.filename().string() + " " + name;
    BOOST_REQUIRE_MESSAGE(got.defined(), "no parameter for " << place);
    comparison.absolute("final weights: difference by change", length(got - tensor) / length(tensor - start.at(name)), 0, tiny ? 2e-3 : 2e-2, place);
  }
  const std::string table = "embeddings.word_embeddings.weight";
  const at::Tensor rows = parameter_of(model, table).index_select(0, expected.at("word_ids"));
  const at::Tensor change = rows - start.at(table).index_select(0, expected.at("word_ids"));
  for (std::int64_t i = 0; i < rows.size(0); ++i) {
    const std::string place = folder.filename().string() + " row " + std::to_string(expected.at("word_ids")[i].item<std::int64_t>());
    const bool occurs = expected.at("word_occurs")[i].item<bool>();
    comparison.relative(occurs ? "change of rows that occur" : "change of rows that never occur", length(change[i]),
                        expected.at("word_embedding_row_change_norms")[i].item<double>(), occurs ? 2e-2 : 0.2, 1e-12, place);
    comparison.relative("norms of word rows", length(rows[i]), expected.at("word_embedding_row_norms")[i].item<double>(), 1e-4, 1e-6, place);
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(parity_trajectories) {
  if (fixtures_folder().empty()) return;
  Comparison comparison("trajectories");
  for (const std::filesystem::path& folder : cases("trajectory")) {
    const std::string name = folder.filename().string();
    const std::vector<nlohmann::json> expected = read_json_lines(folder / "expected.jsonl");
    const bool tiny = read_json(folder / "config.json").at("encoder").get<std::string>().starts_with("..");
    Model* model = nullptr;
    std::map<std::string, at::Tensor> start;
    TrajectoryEvents events;
    events.begin = [&](std::size_t step, const Batch& batch, std::span<const SentenceSample> samples) {
      if (step == 0) compare_logits(comparison, *model, batch, samples, folder);
      std::size_t counts[2] = {0, 0};
      for (const SentenceSample& sample : samples) {
        for (std::size_t t = 0; t < sample.size(); ++t) counts[t] += sample[t].spans.spans.size() + sample[t].pairs.pairs.size();
      }
      comparison.exact("candidate counts", counts[0] == expected[step].at("entity_count") && counts[1] == expected[step].at("relation_count"), name);
    };
    events.gradients = [&](std::size_t step, const StepLosses& losses, const Optimizer& optimizer) {
      compare_losses(comparison, losses, expected[step], name + " step " + std::to_string(step + 1));
      if (step == 0) compare_gradient_norms(comparison, *model, optimizer, folder);
    };
    events.end = [&](std::size_t step, double gradient_norm, double rate) {
      comparison.relative("gradient norms", gradient_norm, expected[step].at("grad_norm"), 1e-2, 1e-6, name + " step " + std::to_string(step + 1));
      comparison.relative("learning rates", rate, expected[step].at("lr"), 1e-9, 1e-15, name + " step " + std::to_string(step + 1));
    };
    const auto trained = run_trajectory(folder, events, [&](Model& fresh) {
      model = &fresh;
      for (const auto& [key, tensor] : read_tensors(folder / "final.safetensors").tensors) {
        if (!key.starts_with("word_")) start[key] = parameter_of(fresh, key).detach().clone();
      }
      const std::string table = "embeddings.word_embeddings.weight";
      start[table] = parameter_of(fresh, table).detach().clone();
    });
    if (trained) compare_final(comparison, *trained, start, folder, tiny);
  }
}

}  // namespace spanlab::test
