// SPDX-License-Identifier: MIT
#include "parity/systems.hpp"

namespace spanlab::test {

namespace {

using nlohmann::json;

json span_task(const json& config) {
  json task{{"head",
             {{"component", "span"},
              {"dropout", config.value("dropout", 0.0)},
              {"width_embedding", config.at("size_embedding")}}},
            {"loss", {{"classify", {{"component", "cross_entropy"}}}}},
            {"labeler", {{"component", "hard"}}},
            {"sampler", {{"component", "uniform"}, {"max_span_width", config.value("max_span_size", 10)}}}};
  if (config.contains("neg_entity_count")) task["sampler"]["negatives"] = config["neg_entity_count"];
  return task;
}

json pair_task(const json& config, const std::string& spans) {
  json task{{"spans", spans},
            {"head", {{"component", "pair"}, {"dropout", config.value("dropout", 0.0)}}},
            {"loss", {{"classify", {{"component", "bce"}}}}},
            {"labeler", {{"component", "hard"}}},
            {"sampler", {{"component", "uniform"}}}};
  if (config.contains("neg_relation_count")) task["sampler"]["negatives"] = config["neg_relation_count"];
  for (const char* name : {"rel_filter_threshold", "relation_threshold"}) {
    if (config.contains(name)) task["head"]["threshold"] = config[name];
  }
  return task;
}

json loss_of(const json& part) {
  if (part.at("loss") == "ranking") {
    json loss{{"component", "ranking"}};
    for (const char* name : {"gamma", "m_pos", "m_neg", "negatives", "several"}) {
      if (part.contains(name)) loss[name] = part[name];
    }
    return loss;
  }
  json loss{{"component", "bce"}};
  if (part.contains("iou_delta"))
    loss.update({{"iou_factor", part["iou_delta"]},
                 {"iou_form", part.at("iou_form")},
                 {"iou_unit", part.at("iou_unit")}});
  return loss;
}

// SpERT.MT.
void separate(json& entity, json& relation, const json& config) {
  for (auto& [name, task] : {std::pair<const char*, json&>("entity", entity), {"relation", relation}}) {
    const json& part = config.at(name);
    task["head"]["outputs"] = json::array({"identify", "classify"});
    task["loss"] = {{"identify", loss_of(part.at("identify"))}, {"classify", loss_of(part.at("classify"))}};
    task["head"]["threshold"] = config.at("decision").at(std::string(name) + "_threshold");
  }
  relation["sampler"]["merge_types"] = true;
  const json& logits = config.at("relation").at("entity_logits");
  if (logits == "none") return;
  relation["head"].update({{"inputs", json::array({"entity_logits"})},
                           {"logits", logits},
                           {"detached", config["relation"].at("detached")},
                           {"with_identification", config["relation"].at("with_identification")}});
}

// The model with two views: `weight` is the view's share of the hard losses.
void of_view(json& entity, json& relation, const json& config, const std::string& view, double weight) {
  entity["view"] = relation["view"] = view;
  relation["sampler"]["merge_types"] = true;
  const double soft = config.at("soft_weight");
  entity["weight"] = weight + soft;
  if (config.at("soft").is_null()) {
    relation["weight"] = weight;
    return;
  }
  const std::string name = config["soft"];
  const AgreementValues values(config.at("agreement"));
  relation["labeler"] = {{"component", "agreement"},
                         {"high", values.high},
                         {"medium", values.medium},
                         {"low", values.low},
                         {"conflict", values.conflict}};
  relation["loss"]["classify"] = {{"component", name.starts_with("inverse") ? "inverse_kl" : "kl"},
                                  {"reading", name.ends_with("literal") ? "literal" : "types"},
                                  {"hard", "bce"},
                                  {"hard_weight", weight},
                                  {"weight", soft}};
}

// Paper C's own model.
json of_words(const json& config) {
  auto deep = [&](const char* layers, json task) {
    task.update({{"depth", config.at("layers").at(layers)},
                 {"cell", config.at("rnn")},
                 {"size", config.at("rnn_hidden")},
                 {"dropout", config.at("dropout")},
                 {"labeler", {{"component", "hard"}}},
                 {"sampler", {{"component", "all"}}}});
    return task;
  };
  const json encoder{{"component", "birnn"},
                     {"word_size", config.at("word_dim")},
                     {"character_size", config.at("char_dim")},
                     {"character_states", config.at("char_hidden")},
                     {"cell", config.at("rnn")},
                     {"layers", config.at("layers").at("shared")},
                     {"size", config.at("rnn_hidden")},
                     {"dropout", config.at("dropout")}};
  const json entity = deep("ner", {{"head",
                                    {{"component", "crf"},
                                     {"hidden", config.at("ff_e1")},
                                     {"activation", config.at("e1_activation")},
                                     {"legal", config.at("legal_transitions_only")}}},
                                   {"loss", {{"emissions", {{"component", "crf_nll"}}}}}});
  const json relation = deep("re", {{"spans", "entity"},
                                    {"weight", config.at("lambda_r")},
                                    {"head",
                                     {{"component", "token_pair"},
                                      {"tag_embedding", config.at("tag_dim")},
                                      {"hidden", config.at("ff_r1")},
                                      {"activation", config.at("r1_activation")},
                                      {"threshold", config.at("threshold")},
                                      {"dropout", config.at("dropout")}}},
                                    {"loss", {{"classify", {{"component", "bce"}}}}}});
  return {{"encoder", encoder}, {"entity", entity}, {"relation", relation}};
}

}  // namespace

json configuration_of(const json& config) {
  if (config.contains("tags")) return of_words(config);
  json all{{"encoder", {{"component", "bert"}, {"dropout", config.value("dropout", 0.0)}}}};
  if (config.contains("views")) {
    double weight = config.at("alpha");
    for (const std::string view : config["views"]) {
      json entity = span_task(config), relation = pair_task(config, view + "_entity");
      of_view(entity, relation, config, view, weight);
      all.update({{view + "_entity", entity}, {view + "_relation", relation}});
      weight = 1 - weight;
    }
    return all;
  }
  json entity = span_task(config), relation = pair_task(config, "entity");
  if (config.contains("entity")) separate(entity, relation, config);
  if (config.contains("layers")) {
    for (auto& [name, task] : {std::pair<const char*, json&>("entity", entity), {"relation", relation}}) {
      task.update({{"depth", config["layers"].at(name)},
                   {"cell", config.at("rnn")},
                   {"size", config.at("rnn_hidden")},
                   {"dropout", config.at("dropout")}});
    }
  }
  all.update({{"entity", entity}, {"relation", relation}});
  return all;
}

}  // namespace spanlab::test
