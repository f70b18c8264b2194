// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "data/archive.hpp"
#include "data/readers.hpp"
#include "sdk/problem_list.hpp"

namespace spanlab {

namespace {

using nlohmann::json;

// A range of the document's words, `[begin, end]` or `[begin, end, type]`.
std::optional<Span> range(const json& node, std::size_t size, std::int64_t words, const Item& item,
                          const std::string& what) {
  const bool good = node.is_array() && node.size() >= size && node[0].is_number_integer() &&
                    node[1].is_number_integer() && (size < 3 || node[2].is_string());
  if (!good) {
    item.add(what, size < 3 ? "must be a list of 2 integers" : "must be a list of 2 integers and a type");
    return std::nullopt;
  }
  const std::int64_t begin = node[0].get<std::int64_t>(), end = node[1].get<std::int64_t>();
  if (0 <= begin && begin < end && end <= words)
    return Span{static_cast<std::int32_t>(begin), static_cast<std::int32_t>(end)};
  item.add(
      what,
      fmt::format("words [{}, {}) are not in the document, which has {} words (start from 0, end exclusive)",
                  begin, end, words));
  return std::nullopt;
}

void read_document(const json& node, const Item& item, const std::string& name, const Source& source,
                   LeftOut& left_out, std::vector<Sentence>& sentences) {
  if (!node.is_object())
    return item.add("", fmt::format("must be an object with 'words', not {}", node.type_name()));
  const std::vector<std::string> words = item.words("words");
  const json& ranges = item.list("sentences");
  const json& entities = item.list("ner", source.annotations);
  std::vector<Span> spans;
  std::int32_t covered = 0;
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    const std::string what = fmt::format("sentence {}", i);
    const auto span = range(ranges[i], 2, static_cast<std::int64_t>(words.size()), item, what);
    if (!span) return;
    if (span->begin != covered)
      return item.add(what,
                      fmt::format("begins at word {}, expected {}: sentences follow each other without gaps",
                                  span->begin, covered));
    covered = span->end;
    spans.push_back(*span);
  }
  if (covered != static_cast<std::int32_t>(words.size()))
    return item.add("", fmt::format("its sentences end at word {} of {}", covered, words.size()));
  const std::size_t first = sentences.size();
  for (std::size_t i = 0; i < spans.size(); ++i) {
    sentences.push_back({fmt::format("{}:{}", name, i),
                         name,
                         {words.begin() + spans[i].begin, words.begin() + spans[i].end},
                         {{}}});
  }
  for (std::size_t i = 0; i < entities.size(); ++i) {
    const std::string what = fmt::format("entity {}", i);
    const auto span = range(entities[i], 3, static_cast<std::int64_t>(words.size()), item, what);
    if (!span) continue;
    const auto type =
        type_index(source.inventories[0].entities, entities[i][2].get<std::string>(), "entity", item, what);
    const auto in = std::ranges::upper_bound(spans, span->begin, {}, &Span::begin) - 1;
    if (span->end > in->end)
      ++left_out.entities;
    else
      sentences[first + static_cast<std::size_t>(in - spans.begin())].views[0].entities.push_back(
          {{span->begin - in->begin, span->end - in->begin}, type});
  }
}

}  // namespace

std::vector<Sentence> read_scirex(const Source& source, LeftOut& left_out, std::vector<Problem>& problems) {
  std::vector<Sentence> sentences;
  std::vector<Problem> found;
  for (ArchiveMember& member : read_archive(source.file, found)) {
    const std::filesystem::path place =
        member.name == source.file.filename() ? source.file : source.file / member.name;
    const std::string text = checked_text(std::move(member.bytes), place, found);
    for_each_line(text, [&](std::string_view line, std::int64_t number) {
      const std::int64_t known = number_of(found);
      const json document = parse_json(line, place, number, found);
      if (number_of(found) > known) return;
      std::string id = identifier(document, {"doc_id"});
      if (id.empty()) id = fmt::format("line{}", number);
      read_document(document, Item(document, fmt::format("{}:{} ({})", place.string(), number, id), found),
                    id, source, left_out, sentences);
    });
  }
  if (sentences.empty() && found.empty()) problems.push_back({source.file.string(), "holds no sentences"});
  for (Problem& problem : found) problems.push_back(std::move(problem));
  return sentences;
}

}  // namespace spanlab
