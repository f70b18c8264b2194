// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "spanlab/annotation.hpp"
#include "spanlab/export.hpp"

// BIO tags: 0 is `O`, 1 + 2t is `B` and 2 + 2t is `I` of entity type t.

namespace spanlab {

constexpr std::int64_t begin_tag(std::int32_t type) { return 1 + 2 * static_cast<std::int64_t>(type); }
constexpr std::int64_t inside_tag(std::int32_t type) { return 2 + 2 * static_cast<std::int64_t>(type); }

/// Indices of the entities that tags can hold, in the order of the text: of overlapping ones the longest
/// stays, of equally long ones the one that begins earlier, then the one that stands earlier in the
/// annotation.
SPANLAB_API std::vector<std::int32_t> taggable(const Annotation& annotation);

/// The tag of each of `words` words.
SPANLAB_API std::vector<std::int64_t> to_tags(const Annotation& annotation, std::int64_t words);

/// The entities of a sequence of tags. An `I` that continues no entity of its type begins one.
SPANLAB_API std::vector<Entity> from_tags(std::span<const std::int64_t> tags);

/// True if `to` may follow `from` (-1: the beginning of the sentence): an `I` only follows `B` or `I` of its
/// type.
constexpr bool may_follow(std::int64_t from, std::int64_t to) {
  return to == 0 || to % 2 == 1 || (from > 0 && (from - 1) / 2 == (to - 1) / 2);
}

}  // namespace spanlab
