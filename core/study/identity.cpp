// SPDX-License-Identifier: MIT
#include "study/identity.hpp"

#include "data/study_data.hpp"
#include "model/task.hpp"
#include "plugin/configuration.hpp"
#include "spanlab/error.hpp"
#include "spanlab/tokenizer.hpp"
#include "study/configuration.hpp"
#include "train/trial.hpp"

namespace spanlab {

using nlohmann::json;

namespace {

// Trials from before a parameter had no value of it: its default must not make them others.
bool as_before(const Parameter& parameter, const json& node) {
  return parameter.later && node.at(parameter.name) == to_json(parameter.default_value);
}

bool names_file(const Parameter& parameter, const json& node) {
  return parameter.file && node.at(parameter.name).is_string();
}

// The card is what counts, if its folder does not say otherwise. A folder that is not at hand is told by who
// reads it.
void check_folder(const CardIndex& cards, const ModelCard& card) {
  PretrainedModel model;
  try {
    model = cards.pretrained(card, Compared::none);
  } catch (const Error&) {
    return;
  }
  if (std::filesystem::exists(model.folder / "vocab.txt")) read_text_rules(model);
}

void drop_outside(const Schema& schema, json& node) {
  for (const Parameter& parameter : schema.parameters()) {
    if (!parameter.identity || names_file(parameter, node) || as_before(parameter, node))
      node.erase(parameter.name);
  }
}

}  // namespace

const std::string& Identities::of_component(ComponentKind kind, const std::string& id) {
  auto [found, is_new] = known_.emplace(fmt::format("{}/{}", to_text(kind), id), "");
  if (is_new) found->second = registry_.identity(kind, id);
  return found->second;
}

const std::string& Identities::of_data(const json& data) {
  const std::string& name = data.at("name").get_ref<const std::string&>();
  const DataCard& card = cards_.data(name);
  std::vector<std::string> splits;
  for (const char* part : {"train", "dev", "test"}) {
    for (std::string& split : splits_of_part(card, data, part)) {
      if (std::ranges::find(splits, split) == splits.end()) splits.push_back(std::move(split));
    }
  }
  auto [found, is_new] = known_.emplace(fmt::format("data {} {}", name, fmt::join(splits, " ")), "");
  if (is_new) found->second = CardIndex::content_hash(card, splits);
  return found->second;
}

const std::string& Identities::of_model(const std::string& name) {
  auto [found, is_new] = known_.emplace("model " + name, "");
  if (is_new) {
    check_folder(cards_, cards_.model(name));
    found->second = CardIndex::content_hash(cards_.model(name));
  }
  return found->second;
}

const std::string& Identities::of_file(const std::string& file) {
  auto [found, is_new] = known_.emplace("file " + file, "");
  if (is_new) found->second = remembered_sha256_of_file(file);
  return found->second;
}

json Identities::identity(const json& configuration) {
  json components = json::object(), files = json::object();
  const auto add = [&](ComponentKind kind, const std::string& path, const json& node) {
    const std::string& id = node.at("component").get_ref<const std::string&>();
    components[fmt::format("{}/{}", to_text(kind), id)] = of_component(kind, id);
    for (const Parameter& parameter : registry_.info(kind, id).schema.parameters()) {
      if (names_file(parameter, node))
        files[fmt::format("{}.{}", path, parameter.name)] = of_file(node.at(parameter.name));
    }
  };
  each_component(configuration, add);
  const json& encoder = configuration.at("encoder");
  if (const auto inner = inner_encoder(registry_, encoder)) {
    components[fmt::format("{}/{}", to_text(inner->kind), inner->id)] = of_component(inner->kind, inner->id);
  }
  auto model = encoder.find("model");
  const json& train = configuration.at("train");
  json identity{{"data", of_data(configuration.at("data"))},
                {"model", model != encoder.end() && model->is_string()
                              ? json(of_model(model->get_ref<const std::string&>()))
                              : json()},
                {"components", std::move(components)},
                {"number", train.value("precision", "float32")},
                {"device", device_}};
  if (!files.empty()) identity["files"] = std::move(files);
  return identity;
}

std::string Identities::canonical(const json& configuration, const json& identity) const {
  json counted = configuration;
  drop_outside(data_schema(), counted.at("data"));
  if (counted["data"]["noise"]["rate"] == 0.0) counted["data"].erase("noise");
  drop_outside(train_schema(), counted.at("train"));
  for (const std::string& name : task_names(counted)) drop_outside(task_schema(), counted.at(name));
  each_component(counted, [&](ComponentKind kind, const std::string&, json& node) {
    drop_outside(registry_.info(kind, node.at("component").get_ref<const std::string&>()).schema, node);
  });
  return fmt::format("{{\"configuration\":{},\"identity\":{}", counted.dump(), identity.dump());
}

std::string Identities::hash(const std::string& canonical, std::int64_t seed) {
  return sha256_of(fmt::format("{},\"seed\":{}}}", canonical, seed));
}

}  // namespace spanlab
