// SPDX-License-Identifier: MIT
#include "study/identity.hpp"

#include "data/study_data.hpp"
#include "model/task.hpp"
#include "plugin/configuration.hpp"
#include "study/configuration.hpp"
#include "train/trial.hpp"

namespace spanlab {

using nlohmann::json;

namespace {

// Visits every component of a configuration as (kind, node).
template <typename Node, typename Visit>
void each_component(Node& configuration, Visit visit) {
  visit(ComponentKind::encoder, configuration.at("encoder"));
  for (const std::string& name : task_names(configuration)) {
    Node& task = configuration.at(name);
    for (const auto& [slot, kind] : kTaskSlots) visit(kind, task.at(slot));
    for (auto& loss : task.at("loss")) visit(ComponentKind::loss, loss);
  }
}

void drop_outside(const Schema& schema, json& node) {
  for (const Parameter& parameter : schema.parameters()) {
    if (!parameter.identity) node.erase(parameter.name);
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
  if (is_new) found->second = CardIndex::content_hash(cards_.model(name));
  return found->second;
}

json Identities::identity(const json& configuration) {
  json components = json::object();
  each_component(configuration, [&](ComponentKind kind, const json& node) {
    const std::string& id = node.at("component").get_ref<const std::string&>();
    components[fmt::format("{}/{}", to_text(kind), id)] = of_component(kind, id);
  });
  const json& encoder = configuration.at("encoder");
  auto model = encoder.find("model");
  // An encoder inside another one, see EncoderSetup::inner.
  if (auto context = encoder.find("context"); context != encoder.end() && context->is_string() && model != encoder.end() && model->is_string()) {
    const std::string& id = context->get_ref<const std::string&>();
    components[fmt::format("{}/{}", to_text(ComponentKind::encoder), id)] = of_component(ComponentKind::encoder, id);
  }
  const json& train = configuration.at("train");
  return {{"data", of_data(configuration.at("data"))},
          {"model", model != encoder.end() && model->is_string() ? json(of_model(model->get_ref<const std::string&>())) : json()},
          {"components", std::move(components)},
          {"number", train.value("precision", "float32")},
          {"device", device_}};
}

std::string Identities::canonical(const json& configuration, const json& identity) const {
  json counted = configuration;
  drop_outside(data_schema(), counted.at("data"));
  if (counted["data"]["noise"]["rate"] == 0.0) counted["data"].erase("noise");
  drop_outside(train_schema(), counted.at("train"));
  for (const std::string& name : task_names(counted)) drop_outside(task_schema(), counted.at(name));
  each_component(counted, [&](ComponentKind kind, json& node) { drop_outside(registry_.info(kind, node.at("component").get_ref<const std::string&>()).schema, node); });
  return fmt::format("{{\"configuration\":{},\"identity\":{}", counted.dump(), identity.dump());
}

std::string Identities::hash(const std::string& canonical, std::int64_t seed) { return sha256_of(fmt::format("{},\"seed\":{}}}", canonical, seed)); }

}  // namespace spanlab
