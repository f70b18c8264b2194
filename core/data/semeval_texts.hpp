// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "data/dataset.hpp"
#include "spanlab/error.hpp"

// The files of SemEval-2018 Task 7, before words and sentences are cut. The only place that knows pugixml is
// their reader.
namespace spanlab {

/// A marked entity: bytes [begin, end) of its text.
struct SemEvalEntity {
  std::string id;
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// A title or an abstract, white space as in the file.
struct SemEvalPart {
  std::string text;
  std::vector<SemEvalEntity> entities;
};

struct SemEvalText {
  std::string id;
  SemEvalPart title;
  SemEvalPart abstract;
};

/// A line of a relation file: `USAGE(H01-1001.5,H01-1001.7,REVERSE)` goes from .7 to .5.
struct SemEvalRelation {
  std::string type;
  std::string head;
  std::string tail;
  std::int64_t line = 0;
};

/// Both add what is wrong to `problems`, with file, line and column, and go on.
std::vector<SemEvalText> read_semeval_xml(const std::filesystem::path& file, std::vector<Problem>& problems);
std::vector<SemEvalRelation> read_semeval_relations(const std::filesystem::path& file,
                                                    std::vector<Problem>& problems);

/// The sentences of a part, with one view of entities of type 0. An entity that begins or ends inside a word
/// takes the whole word; one that goes over the end of a sentence, or repeats another, counts as left out.
/// `placed` is told each entity's sentence and its place there, -1 for none.
std::vector<Sentence> sentences_of(
    const SemEvalPart& part, LeftOut& left_out,
    const std::function<void(const SemEvalEntity&, std::size_t sentence, std::int32_t entity)>& placed);

}  // namespace spanlab
