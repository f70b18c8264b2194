// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <istream>
#include <string>
#include <vector>

#include "spanlab/annotation.hpp"
#include "spanlab/export.hpp"

namespace spanlab {

/// Sentences that come without annotation, or whose annotation is not looked at.
struct SentenceInput {
  std::vector<Sentence> sentences;
  bool json = false;  ///< SpERT's form; else text, a sentence a line, words between white space, ids the
                      ///< numbers of the lines
};

/// Reads a file, a pipe or a stream. Which form it has, its content says: JSON begins with an object, or with
/// a list of objects, texts or lists; a file named *.json or *.jsonl, in letters of any size, is JSON
/// whatever it begins with. Throws Error(data) with the place of what is wrong, also of a byte that is not
/// UTF-8.
SPANLAB_API SentenceInput read_sentences(const std::filesystem::path& file);
SPANLAB_API SentenceInput read_sentences(std::istream& stream, const std::filesystem::path& name);

}  // namespace spanlab
