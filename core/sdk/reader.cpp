// SPDX-License-Identifier: MIT
#include "spanlab/reader.hpp"

#include <fmt/format.h>

#include <utility>

#include "sdk/call.hpp"
#include "spanlab/text_file.hpp"

namespace spanlab {

namespace {

template <typename Size>
bool is_one_of(std::int32_t number, Size count) {
  return number >= 0 && std::cmp_less(number, count);
}

void check_annotation(const Call& reader, const Sentence& sentence, const Annotation& annotation,
                      const Inventory& inventory) {
  for (const auto& [span, type] : annotation.entities) {
    if (span.begin < 0 || span.begin >= span.end || std::cmp_greater(span.end, sentence.words.size())) {
      reader.reject(fmt::format("gave sentence '{}' the entity [{}, {}), which has {} words", sentence.id,
                                span.begin, span.end, sentence.words.size()));
    }
    if (!is_one_of(type, inventory.entities.size())) {
      reader.reject(fmt::format("gave sentence '{}' the entity type {} of {}", sentence.id, type,
                                inventory.entities.size()));
    }
  }
  const std::size_t entities = annotation.entities.size();
  for (const auto& [head, tail, type] : annotation.relations) {
    if (!is_one_of(head, entities) || !is_one_of(tail, entities)) {
      reader.reject(fmt::format("gave sentence '{}' a relation between entities {} and {} of {}", sentence.id,
                                head, tail, entities));
    }
    if (!is_one_of(type, inventory.relations.size())) {
      reader.reject(fmt::format("gave sentence '{}' the relation type {} of {}", sentence.id, type,
                                inventory.relations.size()));
    }
  }
}

void check_sentences(const Call& reader, const ReaderInput& input, std::span<const Sentence> sentences) {
  for (const Sentence& sentence : sentences) {
    const bool has_views = input.annotations == Annotations::needed || !sentence.views.empty();
    if (has_views && sentence.views.size() != input.views.size()) {
      reader.reject(fmt::format("gave sentence '{}' {} views, expected {}", sentence.id,
                                sentence.views.size(), input.views.size()));
    }
    for (std::size_t view = 0; view < std::min(sentence.views.size(), input.inventories.size()); ++view)
      check_annotation(reader, sentence, sentence.views[view], input.inventories[view]);
  }
}

}  // namespace

Reader::~Reader() = default;

MarkedCorpus Reader::do_texts(const ReaderInput& input, std::vector<Problem>&) const {
  throw Error(ErrorKind::usage, input.file.string(), "is of a form that has no running text");
}

std::vector<Sentence> Reader::read(const ReaderInput& input, LeftOut& left_out,
                                   std::vector<Problem>& problems) const {
  const Call call(context(), "read");
  std::vector<Sentence> sentences = call([&] { return do_read(input, left_out, problems); });
  if (problems.empty()) check_sentences(call, input, sentences);
  return sentences;
}

MarkedCorpus Reader::texts(const ReaderInput& input, std::vector<Problem>& problems) const {
  const Call call(context(), "texts");
  return call([&] { return do_texts(input, problems); });
}

std::string text_of(const ReaderInput& input, std::vector<Problem>& problems) {
  return input.text ? checked_text(*input.text, input.file, problems) : read_text(input.file, problems);
}

}  // namespace spanlab
