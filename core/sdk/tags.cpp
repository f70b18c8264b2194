// SPDX-License-Identifier: MIT
#include "spanlab/tags.hpp"

#include <algorithm>
#include <numeric>

namespace spanlab {

std::vector<std::int32_t> taggable(const Annotation& annotation) {
  const std::vector<Entity>& entities = annotation.entities;
  std::vector<std::int32_t> order(entities.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, [&](std::int32_t a, std::int32_t b) {
    const Span &first = entities[a].span, &second = entities[b].span;
    return first.width() != second.width() ? first.width() > second.width() : first.begin < second.begin;
  });
  std::vector<std::int32_t> kept;
  for (std::int32_t i : order) {
    if (std::ranges::none_of(kept,
                             [&](std::int32_t k) { return overlap(entities[k].span, entities[i].span); })) {
      kept.push_back(i);
    }
  }
  std::ranges::sort(kept, {}, [&](std::int32_t i) { return entities[i].span.begin; });
  return kept;
}

std::vector<std::int64_t> to_tags(const Annotation& annotation, std::int64_t words) {
  std::vector<std::int64_t> tags(static_cast<std::size_t>(words), 0);
  for (std::int32_t i : taggable(annotation)) {
    const auto& [span, type] = annotation.entities[i];
    tags[span.begin] = begin_tag(type);
    std::fill(tags.begin() + span.begin + 1, tags.begin() + span.end, inside_tag(type));
  }
  return tags;
}

std::vector<Entity> from_tags(std::span<const std::int64_t> tags) {
  std::vector<Entity> entities;
  for (std::size_t i = 0; i < tags.size(); ++i) {
    if (tags[i] == 0) continue;
    const auto place = static_cast<std::int32_t>(i);
    const auto type = static_cast<std::int32_t>((tags[i] - 1) / 2);
    const bool goes_on = tags[i] == inside_tag(type) && !entities.empty() && entities.back().type == type &&
                         entities.back().span.end == place;
    if (goes_on) {
      ++entities.back().span.end;
    } else {
      entities.push_back({{place, place + 1}, type});
    }
  }
  return entities;
}

}  // namespace spanlab
