// SPDX-License-Identifier: MIT
#include "study/identity.hpp"

#include "files/checksum.hpp"
#include "settings/configuration_json.hpp"
#include "spanlab/error.hpp"
#include "spanlab/tokenizer.hpp"

namespace spanlab::host {

using nlohmann::json;

namespace {

// Trials from before a parameter had no value of it: its default must not make them others.
bool as_before(const Parameter& parameter, const json& node) {
  return parameter.later && node.at(parameter.name) == to_json(parameter.default_value);
}

bool names_file(const Parameter& parameter, const json& node) {
  return parameter.file && node.at(parameter.name).is_string();
}

// The file that a parameter names, null where it names none.
const std::string* file_of(const Parameter& parameter, const ComponentSetting& component) {
  if (!parameter.file) return nullptr;
  return std::get_if<std::string>(&component.parameters.values().find(parameter.name)->second);
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

const std::string& Identities::of_data(const DataSettings& data) {
  const std::string key =
      fmt::format("data {} {} {} {} {}", data.name, data.train, data.dev, data.test, data.fold.value_or(-1));
  auto [found, is_new] = known_.emplace(key, "");
  if (is_new) found->second = data_content(cards_.data(data.name), data);
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

SharedJson Identities::identity(const Configuration& configuration) {
  json components = json::object(), files = json::object();
  each_component(configuration, [&](const std::string& path, const ComponentSetting& component) {
    for (const ComponentSetting& nested : nested_components(registry_, component)) {
      components[fmt::format("{}/{}", to_text(nested.kind), nested.id)] =
          of_component(nested.kind, nested.id);
    }
    for (const Parameter& parameter : registry_.info(component.kind, component.id).schema.parameters()) {
      const std::string* file = file_of(parameter, component);
      if (file) files[fmt::format("{}.{}", path, parameter.name)] = of_file(*file);
    }
  });
  json identity{{"data", of_data(configuration.data)},
                {"model", nullptr},
                {"components", std::move(components)},
                {"number", to_text(configuration.train.precision)},
                {"device", device_}};
  const std::string model = model_of(registry_, configuration.encoder);
  if (!model.empty()) identity["model"] = of_model(model);
  if (!files.empty()) identity["files"] = std::move(files);
  return shared_.try_emplace(identity.dump(), identity).first->second;
}

std::string Identities::canonical(const Configuration& configuration, const SharedJson& identity) const {
  json counted = to_json(configuration);
  drop_outside(data_binding().schema(), counted.at("data"));
  if (configuration.data.noise.rate == 0) counted["data"].erase("noise");
  drop_outside(train_binding().schema(), counted.at("train"));
  for (const auto& [name, task] : configuration.tasks) {
    drop_outside(task_binding().schema(), counted.at(name));
  }
  each_component(configuration, [&](const std::string& path, const ComponentSetting& component) {
    json* node = &counted;
    for (const std::string& name : Path::parse(path).names()) node = &node->at(name);
    drop_outside(registry_.info(component.kind, component.id).schema, *node);
  });
  return fmt::format("{{\"configuration\":{},\"identity\":{}", counted.dump(), identity.dump());
}

std::string Identities::hash(const std::string& canonical, std::int64_t seed) {
  return sha256_of(fmt::format("{},\"seed\":{}}}", canonical, seed));
}

}  // namespace spanlab::host
