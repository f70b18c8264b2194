// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "scirex/archive.hpp"
#include "spanlab/corpus_item.hpp"
#include "spanlab/json_view.hpp"
#include "spanlab/plugin.hpp"
#include "spanlab/problem_list.hpp"
#include "spanlab/reader.hpp"
#include "spanlab/text_file.hpp"

namespace spanlab {

namespace {

// A range of the document's words, `[begin, end]` or `[begin, end, type]`.
std::optional<Span> range(JsonView node, std::size_t size, std::int64_t words, const CorpusItem& item,
                          const std::string& what) {
  const bool good = node.size() >= size && node.at(0).is_whole() && node.at(1).is_whole() &&
                    (size < 3 || node.at(2).is_text());
  if (!good) {
    item.add(what, size < 3 ? "must be a list of 2 integers" : "must be a list of 2 integers and a type");
    return std::nullopt;
  }
  const std::int64_t begin = node.at(0).whole(), end = node.at(1).whole();
  if (0 <= begin && begin < end && end <= words) {
    return Span{static_cast<std::int32_t>(begin), static_cast<std::int32_t>(end)};
  }
  item.add(
      what,
      fmt::format("words [{}, {}) are not in the document, which has {} words (start from 0, end exclusive)",
                  begin, end, words));
  return std::nullopt;
}

void read_document(JsonView node, const CorpusItem& item, const std::string& name, const ReaderInput& source,
                   LeftOut& left_out, std::vector<Sentence>& sentences) {
  if (!node.is_object()) {
    return item.add("", fmt::format("must be an object with 'words', not {}", node.kind()));
  }
  const std::vector<std::string> words = item.words("words");
  const JsonView ranges = item.list("sentences");
  const JsonView entities = item.list("ner", source.annotations);
  std::vector<Span> spans;
  std::int32_t covered = 0;
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    const std::string what = fmt::format("sentence {}", i);
    const auto span = range(ranges.at(i), 2, static_cast<std::int64_t>(words.size()), item, what);
    if (!span) return;
    if (span->begin != covered) {
      constexpr const char* kGap = "begins at word {}, expected {}: sentences follow each other without gaps";
      return item.add(what, fmt::format(kGap, span->begin, covered));
    }
    covered = span->end;
    spans.push_back(*span);
  }
  if (covered != static_cast<std::int32_t>(words.size())) {
    return item.add("", fmt::format("its sentences end at word {} of {}", covered, words.size()));
  }
  const std::size_t first = sentences.size();
  for (std::size_t i = 0; i < spans.size(); ++i) {
    sentences.push_back({fmt::format("{}:{}", name, i),
                         name,
                         {words.begin() + spans[i].begin, words.begin() + spans[i].end},
                         {{}}});
  }
  for (std::size_t i = 0; i < entities.size(); ++i) {
    const std::string what = fmt::format("entity {}", i);
    const auto span = range(entities.at(i), 3, static_cast<std::int64_t>(words.size()), item, what);
    if (!span) continue;
    const std::string& name_of_type = entities.at(i).at(2).text();
    const auto type = type_index(source.inventories[0].entities, name_of_type, "entity", item, what);
    const auto in = std::ranges::upper_bound(spans, span->begin, {}, &Span::begin) - 1;
    if (span->end > in->end) {
      ++left_out.entities;
      continue;
    }
    Sentence& sentence = sentences[first + static_cast<std::size_t>(in - spans.begin())];
    sentence.views[0].entities.push_back({{span->begin - in->begin, span->end - in->begin}, type});
  }
}

class ScirexReader : public Reader {
 public:
  std::vector<Sentence> do_read(const ReaderInput& input, LeftOut& left_out,
                                std::vector<Problem>& problems) const override {
    std::vector<Sentence> sentences;
    std::vector<Problem> found;
    for (ArchiveMember& member : read_archive(input.file, found)) {
      const bool itself = member.name == input.file.filename();
      const std::filesystem::path place = itself ? input.file : input.file / member.name;
      const std::string text = checked_text(std::move(member.bytes), place, found);
      for_each_line(text, [&](std::string_view line, std::int64_t number) {
        const JsonDocument document(line, place, number, found);
        if (!document.root()) return;
        std::string id = identifier(document.root(), {"doc_id"});
        if (id.empty()) id = fmt::format("line{}", number);
        const CorpusItem item(document.root(), fmt::format("{}:{} ({})", place.string(), number, id), found);
        read_document(document.root(), item, id, input, left_out, sentences);
      });
    }
    if (sentences.empty() && found.empty()) add_problem(found, input.file.string(), "holds no sentences");
    problems.insert(problems.end(), found.begin(), found.end());
    return sentences;
  }
};

}  // namespace

}  // namespace spanlab

// A document a JSON object, in a gzipped file of lines or a gzipped tar. Its relations are of documents and
// of four arguments, so that sentences have none.
SPANLAB_PLUGIN("scirex", "0.1.0", "the Spanlab authors") {
  using namespace spanlab;
  registrar.reader({.id = "scirex",
                    .summary = "SciREX's form: documents in packed JSON lines, words of the document",
                    .results_version = 1,
                    .since = "0.2.0"},
                   [](const Parameters&) { return std::make_unique<ScirexReader>(); });
}
