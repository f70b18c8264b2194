// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "spanlab/annotation.hpp"
#include "spanlab/error.hpp"
#include "spanlab/export.hpp"
#include "spanlab/json_view.hpp"
#include "spanlab/reader.hpp"

// What readers of corpora share.

namespace spanlab {

/// One item of a corpus's file, say a sentence: its members are read, and what is wrong with them is told.
/// Items and entities are counted from 0 in messages, as relations count them in the files.
class SPANLAB_API CorpusItem {
 public:
  CorpusItem(JsonView node, std::string place, std::vector<Problem>& problems)
      : node_(node), place_(std::move(place)), problems_(problems) {}

  /// Texts of the list `key`; a problem if it is no list of texts or has none.
  std::vector<std::string> words(const std::string& key) const;
  /// The list `key`, nothing and a problem if it is none. Absent is no problem unless annotations are needed.
  JsonView list(const std::string& key, Annotations annotations = Annotations::needed) const;
  /// Adds a problem; `what` says which part of the item is meant, as `entity 3`, or is empty.
  void add(const std::string& what, std::string message) const;

  JsonView node() const { return node_; }

 private:
  JsonView node_;
  std::string place_;
  std::vector<Problem>& problems_;
};

/// The number of the type called `name`, or -1 and a problem with the nearest name. `kind` is `entity` or
/// `relation`.
SPANLAB_API std::int32_t type_index(const std::vector<LabelType>& types, const std::string& name,
                                    const char* kind, const CorpusItem& item, const std::string& what);

/// A member of one of these keys that is a text, or a whole number as text; empty if there is none.
SPANLAB_API std::string identifier(JsonView node, std::initializer_list<const char*> keys);

/// Calls `each` for every line of the text that is not blank; lines count from 1.
SPANLAB_API void for_each_line(std::string_view text,
                               const std::function<void(std::string_view line, std::int64_t number)>& each);

/// Puts the earlier span of symmetric relations first (not when both start at the same word). Heads, tails
/// and types must be numbers of what is there.
SPANLAB_API void turn_symmetric(Annotation& annotation, const Inventory& inventory);

}  // namespace spanlab
