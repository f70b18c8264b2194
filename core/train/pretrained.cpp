// SPDX-License-Identifier: MIT
#include "train/pretrained.hpp"

#include <nlohmann/json.hpp>

namespace spanlab {

PretrainedModel pretrained_model(const nlohmann::json& configuration, const CardIndex& cards) {
  const nlohmann::json& encoder = configuration.at("encoder");
  const auto model = encoder.find("model");
  if (model == encoder.end() || !model->is_string() || model->get<std::string>().empty()) return {};
  return cards.pretrained(cards.model(model->get<std::string>()));
}

}  // namespace spanlab
