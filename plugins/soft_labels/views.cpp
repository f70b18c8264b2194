// SPDX-License-Identifier: MIT
#include "soft_labels/views.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "spanlab/error.hpp"

namespace spanlab {

namespace {

std::size_t index_of(const std::string& name, const LabelerSetup& setup) {
  std::vector<std::string> others(setup.views.begin(), setup.views.end());
  others.erase(others.begin() + static_cast<std::ptrdiff_t>(setup.view));
  if (others.empty()) {
    throw Error(
        ErrorKind::usage, "",
        "compares the task's view with another one, but the data set has only one view; expected a data set "
        "with two, such as label_variation_overlap");
  }
  if (name.empty() && others.size() > 1) {
    throw Error(
        ErrorKind::usage, "other_view",
        fmt::format("the data set has several other views; expected one of: {}", fmt::join(others, ", ")));
  }
  const std::string& wanted = name.empty() ? others.front() : name;
  const auto found = std::ranges::find(setup.views, wanted);
  if (found == setup.views.end() || static_cast<std::size_t>(found - setup.views.begin()) == setup.view) {
    throw Error(ErrorKind::usage, "other_view",
                fmt::format("no other view '{}'{}; expected one of: {}", wanted, did_you_mean(wanted, others),
                            fmt::join(others, ", ")));
  }
  return static_cast<std::size_t>(found - setup.views.begin());
}

std::vector<std::int32_t> match(const std::vector<LabelType>& other, const std::vector<LabelType>& own) {
  std::vector<std::int32_t> indices;
  for (const LabelType& type : other) {
    const auto found = std::ranges::find(own, type.name, &LabelType::name);
    indices.push_back(found == own.end() ? -1 : static_cast<std::int32_t>(found - own.begin()));
  }
  return indices;
}

}  // namespace

Types own_entity_types(const Annotation& own, const SpanSample& sample, std::size_t row) {
  Types types;
  if (row >= sample.gold.size()) return types;
  for (std::int32_t item : sample.gold[row]) types.insert(own.entities[item].type);
  return types;
}

Types own_relation_types(const Annotation& own, const PairSample& sample, std::size_t row) {
  Types types;
  if (row >= sample.gold.size()) return types;
  for (std::int32_t item : sample.gold[row]) types.insert(own.relations[item].type);
  return types;
}

OtherView::OtherView(const std::string& name, const LabelerSetup& setup) : view_(index_of(name, setup)) {
  const Inventory& own = setup.inventories[setup.view];
  const Inventory& other = setup.inventories[view_];
  entity_types_ = match(other.entities, own.entities);
  relation_types_ = match(other.relations, own.relations);
  for (const LabelType& type : other.relations) symmetric_.push_back(type.symmetric);
}

Types OtherView::of_span(const Sentence& sentence, const Span& span) const {
  Types types;
  for (const Entity& entity : sentence.views[view_].entities) {
    if (entity.span == span && entity_types_[entity.type] >= 0) types.insert(entity_types_[entity.type]);
  }
  return types;
}

Types OtherView::of_pair(const Sentence& sentence, const Span& head, const Span& tail) const {
  const Annotation& other = sentence.views[view_];
  Types types;
  for (const Relation& relation : other.relations) {
    const Span& from = other.entities[relation.head].span;
    const Span& to = other.entities[relation.tail].span;
    const bool same =
        (from == head && to == tail) || (symmetric_[relation.type] && from == tail && to == head);
    if (same && relation_types_[relation.type] >= 0) types.insert(relation_types_[relation.type]);
  }
  return types;
}

}  // namespace spanlab
