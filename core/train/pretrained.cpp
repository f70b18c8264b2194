// SPDX-License-Identifier: MIT
#include "train/pretrained.hpp"

#include <nlohmann/json.hpp>

namespace spanlab {

std::filesystem::path pretrained_folder(const nlohmann::json& configuration, const CardIndex& cards) {
  const nlohmann::json& encoder = configuration.at("encoder");
  const auto model = encoder.find("model");
  if (model == encoder.end() || !model->is_string() || model->get<std::string>().empty()) return {};
  const auto name = model->get<std::string>();
  if (name.find('/') != std::string::npos) return name;
  const ModelCard& card = cards.model(name);
  const std::filesystem::path folder = cards.folder(card);
  for (const CardFile& file : card.files) verify(folder, file);
  return folder;
}

}  // namespace spanlab
