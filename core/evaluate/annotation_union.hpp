// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <vector>

#include "spanlab/annotation.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host {

/// The types of both inventories, those of `a` first; types of one name are one, symmetric if either is.
SPANLAB_API Inventory inventory_union(const Inventory& a, const Inventory& b);

/// The same annotation in the types of another inventory, found by name. Throws Error(data) for a type that
/// it lacks.
SPANLAB_API Annotation in_types_of(const Annotation& annotation, const Inventory& from, const Inventory& to);

/// What either annotation of the same words says, each entity (span and type) and each relation (its two
/// entities and its type) once, entities by span, then type, and relations by head, tail, type. Both speak
/// the types of one inventory.
SPANLAB_API Annotation annotation_union(const Annotation& a, const Annotation& b);

/// The unions of two lists, sentence by sentence. Predictions of two tasks are scored as their union against
/// the union of both gold sets (docs/papers.md, Label variation): score(unite(gold_a, gold_b),
/// unite(predicted_a, predicted_b), …). Throws Error(data) if the lists differ in length.
SPANLAB_API std::vector<Annotation> unite(std::span<const Annotation> a, std::span<const Annotation> b);

}  // namespace spanlab::host
