// SPDX-License-Identifier: MIT
#include "tasks/sample.hpp"

namespace spanlab::host {

Drawn::~Drawn() = default;

const SpanSample* Drawn::spans() const { return nullptr; }

std::vector<std::int32_t> entity_types(const Annotation& gold) {
  std::vector<std::int32_t> types;
  for (const Entity& entity : gold.entities) types.push_back(entity.type);
  return types;
}

std::vector<std::int64_t> first_types(const GoldTypes& gold) {
  std::vector<std::int64_t> first(static_cast<std::size_t>(gold.candidates), -1);
  for (const GoldType& one : gold.types) {
    std::int64_t& known = first[static_cast<std::size_t>(one.candidate)];
    if (known < 0) known = one.type;
  }
  return first;
}

std::vector<float> hard_targets(const GoldTypes& gold, std::size_t types) {
  std::vector<float> hard(static_cast<std::size_t>(gold.candidates) * types, 0);
  for (const GoldType& one : gold.types)
    hard[static_cast<std::size_t>(one.candidate) * types + static_cast<std::size_t>(one.type)] = 1;
  return hard;
}

}  // namespace spanlab::host
