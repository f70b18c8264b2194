// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "spanlab/annotation.hpp"
#include "spanlab/export.hpp"

// Corpora that mark entities in running text, before words and sentences are cut.

namespace spanlab {

/// What a reader found that sentences cannot say.
struct LeftOut {
  std::int64_t entities = 0;   ///< over the end of a sentence, or there already
  std::int64_t relations = 0;  ///< between sentences, or of an entity that is left out
  std::int64_t sentences = 0;  ///< without words, where the card allows it
};

/// A marked entity: bytes [begin, end) of its text. `type` counts from 0 among the view's entity types.
struct MarkedEntity {
  std::string id;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::int32_t type = 0;
};

/// A piece of running text, white space as in the file.
struct MarkedPart {
  std::string text;
  std::vector<MarkedEntity> entities;
};

/// A document: its title may be empty.
struct MarkedText {
  std::string id;
  MarkedPart title;
  MarkedPart body;
};

/// A relation between two marked entities, by their ids.
struct MarkedRelation {
  std::string type;
  std::string head;
  std::string tail;
  std::string place;  ///< where it stands, for messages
};

/// The documents of a split and the relations between their entities.
struct MarkedCorpus {
  std::vector<MarkedText> texts;
  std::vector<MarkedRelation> relations;
};

/// The sentences of a part, cut by `spanlab/plain_text.hpp`, with one view. An entity that begins or ends
/// inside a word takes the whole word; one that goes over the end of a sentence, or repeats another, counts
/// as left out. `placed` is told each entity's sentence and its number there, -1 for none.
SPANLAB_API std::vector<Sentence> sentences_of(
    const MarkedPart& part, LeftOut& left_out,
    const std::function<void(const MarkedEntity&, std::size_t sentence, std::int32_t entity)>& placed);

}  // namespace spanlab
