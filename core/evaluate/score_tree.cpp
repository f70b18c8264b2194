// SPDX-License-Identifier: MIT
#include "evaluate/score_tree.hpp"

namespace spanlab::host {

ScoreTree& ScoreTree::operator[](const std::string& name) {
  if (!std::holds_alternative<Parts>(value)) value = Parts();
  return std::get<Parts>(value)[name];
}

const ScoreTree* ScoreTree::find(std::string_view name) const {
  const auto* parts = std::get_if<Parts>(&value);
  if (!parts) return nullptr;
  const auto found = parts->find(name);
  return found == parts->end() ? nullptr : &found->second;
}

std::optional<double> ScoreTree::number() const {
  if (const auto* measure = std::get_if<double>(&value)) return *measure;
  if (const auto* count = std::get_if<std::int64_t>(&value)) return static_cast<double>(*count);
  return std::nullopt;
}

}  // namespace spanlab::host
