// SPDX-License-Identifier: MIT
#include "model/papers.hpp"

#include "spanlab/span_ops.hpp"

namespace spanlab::test {

namespace {

using nlohmann::json;

json part(const std::string& id, json values = json::object()) {
  values["component"] = id;
  return values;
}

json span_task(const json& head, const json& losses, const json& sampler = part("uniform"),
               const json& more = json::object()) {
  json node{{"head", head}, {"loss", losses}, {"sampler", sampler}, {"labeler", part("hard")}};
  node.update(more);
  return node;
}

json pair_task(const std::string& spans, const json& head, const json& losses,
               const json& sampler = part("uniform"), const json& more = json::object()) {
  json node = span_task(head, losses, sampler, more);
  node["spans"] = spans;
  return node;
}

json spert_model() {
  return {{"encoder", part("bert")},
          {"entity", span_task(part("span"), {{"classify", part("cross_entropy")}})},
          {"relation", pair_task("entity", part("pair"), {{"classify", part("bce")}})}};
}

json spert_mt_model() {
  const json outputs{"identify", "classify"};
  return {
      {"encoder", part("bert")},
      {"entity", span_task(part("span", {{"outputs", outputs}}),
                           {{"identify", part("bce", {{"iou_factor", 1}})}, {"classify", part("ranking")}})},
      {"relation", pair_task("entity",
                             part("pair", {{"outputs", outputs},
                                           {"inputs", json::array({"entity_logits", "entity_type"})}}),
                             {{"identify", part("bce")}, {"classify", part("ranking")}})}};
}

json label_variation_model() {
  json model{{"encoder", part("bert")}};
  for (const auto& [view, share] : {std::pair<std::string, double>("sci", 0.8), {"sem", 0.2}}) {
    const json weights{{"view", view}, {"weight", share + 0.1}};
    model[view + "_entity"] =
        span_task(part("span"), {{"classify", part("cross_entropy")}}, part("uniform"), weights);
    const json soft = part("inverse_kl", {{"hard", "bce"}, {"hard_weight", share}, {"weight", 0.1}});
    model[view + "_relation"] =
        pair_task(view + "_entity", part("pair"), {{"classify", soft}},
                  part("uniform", {{"merge_types", true}}), {{"view", view}, {"labeler", part("agreement")}});
  }
  return model;
}

json task_depth_model() {
  const json birnn = part("birnn", {{"model", "made up"},
                                    {"word_size", 6},
                                    {"character_size", 5},
                                    {"character_states", 4},
                                    {"size", 5},
                                    {"least", 1}});
  return {{"encoder", birnn},
          {"entity", span_task(part("crf", {{"hidden", 6}}), {{"emissions", part("crf_nll")}}, part("all"),
                               {{"depth", 1}, {"size", 4}})},
          {"relation", pair_task("entity", part("token_pair", {{"hidden", 6}, {"threshold", 0.5}}),
                                 {{"classify", part("bce")}}, part("all"),
                                 {{"depth", 2}, {"size", 4}, {"cell", "lstm"}, {"weight", 5}})}};
}

std::vector<Sentence> unlabelled(std::size_t views) {
  const std::vector<std::vector<std::string>> texts{
      {"Ada", "lives", "in", "the", "old", "mill", "by", "the", "river"},
      {"Paris"},
      {"old", "Mills", "."},
      {"the", "millers", "in", "Paris"},
      {"millers"},
      {"Ada", ".", "Paris"},
      {"Byron", "lives", "in", "the", "mills", "."}};
  std::vector<Sentence> sentences;
  for (const auto& words : texts)
    sentences.push_back({std::to_string(sentences.size()), "", words, std::vector<Annotation>(views)});
  return sentences;
}

}  // namespace

std::vector<Paper> papers() {
  const Inventory sci{{{"Person", "", false}, {"Place", "", false}}, {{"In", "", false}, {"Near", "", true}}};
  const Inventory sem{{{"Place", "", false}, {"Building", "", false}, {"Person", "", false}},
                      {{"In", "", false}, {"Part", "", false}, {"Near", "", true}}};
  const Labels one{{"default"}, {sci}}, two{{"sci", "sem"}, {sci, sem}};
  return {{"SpERT", spert_model(), one, unlabelled(1)},
          {"SpERT.MT", spert_mt_model(), one, unlabelled(1)},
          {"label variation", label_variation_model(), two, unlabelled(2)},
          {"task depth", task_depth_model(), one, unlabelled(1)}};
}

std::shared_ptr<Model> fresh(const Paper& paper, const TinyBert& bert, std::uint64_t seed) {
  Generator generator(seed);
  return std::make_shared<Model>(ModelSetup{configured(paper.configuration), components(), paper.labels,
                                            bert.folder(), paper.sentences, "", generator});
}

std::shared_ptr<Model> moved(const Paper& paper, const TinyBert& bert) {
  auto model = fresh(paper, bert, 4);
  const at::NoGradGuard no_gradients;
  Generator generator(77);
  for (auto& item : model->named_parameters()) {
    if (!item.value().requires_grad()) continue;
    at::Tensor change = at::empty_like(item.value());
    fill_normal(change, item.key().starts_with("encoder.") ? 0.1 : 0.5, generator);
    item.value().add_(change);
  }
  return model;
}

}  // namespace spanlab::test
