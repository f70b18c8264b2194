// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace spanlab {

/// A range of words inside one sentence; `end` is exclusive, `begin < end`.
struct Span {
  std::int32_t begin = 0;
  std::int32_t end = 0;

  std::int32_t width() const { return end - begin; }
  friend auto operator<=>(const Span&, const Span&) = default;
};

/// True if the spans share a word.
inline bool overlap(const Span& a, const Span& b) { return a.begin < b.end && b.begin < a.end; }

/// Intersection over union, in words: 1 for equal spans, 0 for disjoint ones.
inline double iou(const Span& a, const Span& b) {
  const std::int32_t common = std::max(0, std::min(a.end, b.end) - std::max(a.begin, b.begin));
  return static_cast<double>(common) / (a.width() + b.width() - common);
}

/// An entity mention. `type` counts from 0 among the view's entity types; there is no `None` type here.
struct Entity {
  Span span;
  std::int32_t type = 0;
  friend auto operator<=>(const Entity&, const Entity&) = default;
};

/// A directed relation: `head` and `tail` are indices into the annotation's entities, `type` counts from 0.
struct Relation {
  std::int32_t head = 0;
  std::int32_t tail = 0;
  std::int32_t type = 0;
  friend auto operator<=>(const Relation&, const Relation&) = default;
};

/// What one view says about one sentence.
struct Annotation {
  std::vector<Entity> entities;
  std::vector<Relation> relations;
};

/// A sentence and its annotations: `views[v]` belongs to view `v` of the data set.
struct Sentence {
  std::string id;        ///< unique in its split; the file's own identifier where it has one
  std::string document;  ///< the text it was cut from, empty if unknown
  std::vector<std::string> words;
  std::vector<Annotation> views;
};

/// An entity or relation type. A symmetric relation is stored with its earlier span as head.
struct LabelType {
  std::string name;
  std::string title;  ///< the long name for reports
  bool symmetric = false;
};

/// The label inventory of one view, in the order of its types file.
struct Inventory {
  std::vector<LabelType> entities;
  std::vector<LabelType> relations;
};

}  // namespace spanlab
