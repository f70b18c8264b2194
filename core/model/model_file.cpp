// SPDX-License-Identifier: MIT
#include "model/model_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "sdk/json_value.hpp"
#include "settings/configuration_json.hpp"
#include "spanlab/error.hpp"
#include "spanlab/json_fields.hpp"

namespace spanlab::host {

namespace {

nlohmann::json to_json(const std::vector<LabelType>& types) {
  nlohmann::json all = nlohmann::json::array();
  for (const LabelType& type : types)
    all.push_back({{"name", type.name}, {"title", type.title}, {"symmetric", type.symmetric}});
  return all;
}

std::vector<LabelType> label_types(JsonFields& inventory, const char* key, const std::string& place,
                                   std::vector<Problem>& problems) {
  std::vector<LabelType> types;
  const JsonView list = inventory.list(key);
  for (std::size_t i = 0; i < list.size(); ++i) {
    JsonFields type(list.at(i), place, problems, inventory.path(key));
    types.push_back({type.text("name"), type.text("title"), type.boolean("symmetric")});
  }
  return types;
}

ModelDescription description(const TensorsFile& stored, const std::filesystem::path& file,
                             const Registry& registry) {
  const auto found = stored.metadata.find("model");
  if (found == stored.metadata.end()) {
    throw Error(ErrorKind::data, file.string(), "holds no description of a model");
  }
  const std::string place = file.string() + ", model";
  const nlohmann::json node = parse_json(found->second, place);
  std::vector<Problem> problems;
  JsonFields object(view_of(node), place, problems);
  const nlohmann::json configuration = json_of(object.object("configuration").view());
  ModelDescription description{{}, {object.texts("views"), {}}, object.text("vocabulary")};
  const JsonView inventories = object.list("inventories");
  for (std::size_t i = 0; i < inventories.size(); ++i) {
    JsonFields inventory(inventories.at(i), place, problems, "inventories");
    std::vector<LabelType> entities = label_types(inventory, "entities", place, problems);
    description.labels.inventories.push_back(
        {std::move(entities), label_types(inventory, "relations", place, problems)});
  }
  if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
  try {
    description.configuration = read_configuration(configuration, registry);
  } catch (const Error& error) {
    problems = error.problems();
    for (Problem& problem : problems) problem.place = fmt::format("{}, {}", place, problem.place);
    throw Error(error.kind(), std::move(problems));
  }
  return description;
}

}  // namespace

NamedTensors trained_parameters(const Model& model) {
  NamedTensors tensors;
  for (const auto& item : model.named_parameters()) {
    if (item.value().requires_grad()) tensors.emplace(item.key(), item.value().detach());
  }
  return tensors;
}

namespace {

bool is_rounded_copy(const Encoder& encoder, const at::Tensor& buffer) {
  return std::ranges::any_of(encoder.rounded_weights(), [&](const RoundedWeight& rounded) {
    return rounded.copy.defined() && rounded.copy.is_alias_of(buffer);
  });
}

// Whether the name is that of something inside the encoder's part whose features never change.
bool is_frozen(const Model& model, const std::string& name) {
  std::string part = "encoder.";
  for (const Encoder* one = &model.encoder(); one; one = one->inner()) {
    if (one == model.encoder().frozen()) return name.starts_with(part);
    for (const auto& child : one->named_children()) {
      if (child.value().get() == one->inner()) part += child.key() + '.';
    }
  }
  return false;
}

}  // namespace

NamedTensors trained_state(const Model& model) {
  NamedTensors tensors = trained_parameters(model);
  const bool stores_frozen = model.frozen_weights() == FrozenWeights::drawn;
  for (const auto& item : model.named_parameters()) {
    if (stores_frozen && is_frozen(model, item.key())) tensors.emplace(item.key(), item.value().detach());
  }
  for (const auto& item : model.named_buffers()) {
    if ((!stores_frozen && is_frozen(model, item.key())) || is_rounded_copy(model.encoder(), item.value()))
      continue;
    tensors.emplace(item.key(), item.value().detach());
  }
  return tensors;
}

std::map<std::string, std::int64_t> parameter_counts(const Model& model) {
  std::map<std::string, std::int64_t> counts;
  for (const auto& [name, tensor] : trained_parameters(model))
    counts[name.substr(0, name.find('.', name.find('.') + 1))] += tensor.numel();
  return counts;
}

namespace {

void take(at::Tensor& tensor, const at::Tensor& stored, const std::string& name, const std::string& place,
          std::vector<Problem>& problems) {
  if (stored.scalar_type() != tensor.scalar_type()) {
    problems.push_back(
        {place, fmt::format("tensor '{}' holds numbers of the type {}, expected {}", name,
                            at::toString(stored.scalar_type()), at::toString(tensor.scalar_type()))});
  } else if (stored.sizes() == tensor.sizes()) {
    tensor.copy_(stored);
  } else {
    problems.push_back(
        {place, fmt::format("tensor '{}' has shape [{}], expected [{}]", name,
                            fmt::join(stored.sizes(), ", "), fmt::join(tensor.sizes(), ", "))});
  }
}

}  // namespace

void set_parameters(Model& model, const NamedTensors& tensors, const std::string& place) {
  const at::NoGradGuard no_gradients;
  std::vector<Problem> problems;
  NamedTensors unused = tensors;
  NamedTensors state = trained_state(model);
  for (const auto& item : model.named_parameters()) state.try_emplace(item.key(), item.value().detach());
  const NamedTensors needed = trained_state(model);
  for (auto& [name, tensor] : state) {
    const auto found = unused.find(name);
    if (found == unused.end()) {
      if (needed.contains(name)) problems.push_back({place, fmt::format("tensor '{}' is missing", name)});
      continue;
    }
    take(tensor, found->second, name, place, problems);
    unused.erase(found);
  }
  for (const auto& [name, tensor] : unused)
    problems.push_back({place, fmt::format("tensor '{}' belongs to no part of the model", name)});
  for (const RoundedWeight& rounded : model.encoder().rounded_weights())
    at::Tensor(rounded.copy).copy_(rounded.weight);
  if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
}

void save_model(const Model& model, const Configuration& configuration, const std::filesystem::path& file) {
  nlohmann::json inventories = nlohmann::json::array();
  for (const Inventory& inventory : model.labels().inventories) {
    inventories.push_back(
        {{"entities", to_json(inventory.entities)}, {"relations", to_json(inventory.relations)}});
  }
  const nlohmann::json card{{"configuration", to_json(configuration)},
                            {"views", model.labels().views},
                            {"inventories", std::move(inventories)},
                            {"vocabulary", model.encoder().vocabulary()}};
  write_tensors(file, trained_state(model), {{"model", card.dump()}});
}

ModelDescription read_description(const std::filesystem::path& file, const Registry& registry) {
  return description(read_tensors(file), file, registry);
}

namespace {

// A trained model's numbers are finite: others are a damaged file's, and would predict nothing in silence.
void check_finite(const NamedTensors& tensors, const std::string& place) {
  std::vector<Problem> problems;
  for (const auto& [name, tensor] : tensors) {
    if (!tensor.is_floating_point() || at::isfinite(tensor).all().item<bool>()) continue;
    problems.push_back(
        {place, fmt::format("tensor '{}' holds numbers that are not finite: the file is damaged", name)});
  }
  if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
}

}  // namespace

std::shared_ptr<Model> load_model(const std::filesystem::path& file, const ModelDescription& known,
                                  const Registry& registry, const PretrainedModel& pretrained) {
  Generator generator(0);  // its numbers are overwritten
  auto model = std::make_shared<Model>(
      ModelSetup{known.configuration, registry, known.labels, pretrained, {}, known.vocabulary, generator});
  const NamedTensors tensors = read_tensors(file).tensors;
  check_finite(tensors, file.string());
  set_parameters(*model, tensors, file.string());
  return model;
}

}  // namespace spanlab::host
