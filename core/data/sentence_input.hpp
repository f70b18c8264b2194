// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <istream>
#include <string>
#include <vector>

#include "plugin/registry.hpp"
#include "spanlab/annotation.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host {

/// Sentences that come without annotation, or whose annotation is not looked at.
struct SentenceInput {
  std::vector<Sentence> sentences;
  /// SpERT's form; else text, a sentence a line, words between white space, ids the numbers of the lines.
  bool json = false;
};

/// Whether a text is meant as JSON and not as words: it begins with an object, or with a list of objects,
/// texts or lists.
SPANLAB_API bool looks_like_json(std::string_view text);

/// Reads a file, a pipe or a stream. Which form it has, its content says: JSON begins with an object, or with
/// a list of objects, texts or lists; a file named *.json or *.jsonl, in letters of any size, is JSON
/// whatever it begins with. JSON is read by the reader `spert` of the components. Throws Error(data) with the
/// place of what is wrong, also of a byte that is not UTF-8.
SPANLAB_API SentenceInput read_sentences(const Registry& components, const std::filesystem::path& file);
SPANLAB_API SentenceInput read_sentences(const Registry& components, std::istream& stream,
                                         const std::filesystem::path& name);

}  // namespace spanlab::host
