// SPDX-License-Identifier: MIT
#include "data/dataset.hpp"

#include <fmt/format.h>

#include "data/readers.hpp"
#include "data/type_names.hpp"
#include "sdk/problem_list.hpp"

namespace spanlab {

namespace fs = std::filesystem;

namespace {

// The types in the order of the file: a type's number is its place. A null says no more than its name.
std::vector<LabelType> types_of(const nlohmann::ordered_json& root, const char* key, const fs::path& file,
                                std::vector<Problem>& problems) {
  std::vector<LabelType> types;
  if (!root.is_object() || !root.contains(key) || !root[key].is_object()) {
    problems.push_back({file.string(), fmt::format("must be an object with an object '{}'", key)});
    return types;
  }
  const bool relations = std::string_view(key) == "relations";
  for (const auto& [name, node] : root[key].items()) {
    if (const std::string wrong = wrong_type_name(name); !wrong.empty())
      add_problem(problems, file.string(), fmt::format("{}: {}", key, wrong));
    LabelType type{name, name, false};
    if (!node.is_null()) {
      const nlohmann::json plain = node;
      JsonObject members(plain, file.string(), problems, fmt::format("{}.{}", key, name));
      type.title = members.text_or("verbose", name);
      members.text_or("short", "");
      if (relations) type.symmetric = members.boolean_or("symmetric", false);
      members.finish();
    }
    types.push_back(std::move(type));
  }
  return types;
}

void check_keys(const nlohmann::ordered_json& root, const fs::path& file, std::vector<Problem>& problems) {
  static const std::vector<std::string> known{"entities", "relations"};
  if (!root.is_object()) return;
  for (const auto& [key, node] : root.items()) {
    if (std::ranges::find(known, key) == known.end())
      add_problem(problems, file.string(), fmt::format("unknown key '{}'{}", key, did_you_mean(key, known)));
  }
}

// A gold entity that is there twice would be sampled and counted twice.
void check_repetitions(const std::vector<Sentence>& sentences, const Source& source,
                       std::vector<Problem>& problems) {
  for (std::size_t s = 0; s < sentences.size(); ++s) {
    for (std::size_t v = 0; v < sentences[s].views.size(); ++v) {
      const auto& entities = sentences[s].views[v].entities;
      std::map<Entity, std::size_t> seen;
      for (std::size_t i = 0; i < entities.size(); ++i) {
        if (entities[i].type < 0 || entities[i].span.width() <= 0) continue;
        const auto [first, is_new] = seen.emplace(entities[i], i);
        if (is_new) continue;
        const std::string& type =
            source.inventories[v].entities[static_cast<std::size_t>(entities[i].type)].name;
        add_problem(
            problems, fmt::format("{}: item {} ({})", source.file.string(), s, sentences[s].id),
            fmt::format("entity {} repeats entity {}: {} at words [{}, {}); take one of them out of the file "
                        "(relations count entities from 0)",
                        i, first->second, type, entities[i].span.begin, entities[i].span.end));
      }
    }
  }
}

void verify(const fs::path& folder, const CardFile& file, std::vector<Problem>& problems) {
  try {
    verify(folder, file);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::data) throw;
    problems.insert(problems.end(), error.problems().begin(), error.problems().end());
  }
}

std::vector<Sentence> read_by(const std::string& reader, const Source& source, LeftOut& left_out,
                              std::vector<Problem>& problems) {
  if (reader == "scierc") return read_scierc_documents(source, problems);
  if (reader == "semeval") return read_semeval(source, left_out, problems);
  if (reader == "scirex") return read_scirex(source, left_out, problems);
  if (reader == "triples") return read_triples(source, problems);
  return read_spert_items(source, left_out, problems);
}

// The whole file is checked, however many of its sentences count.
std::vector<Sentence> read_split(const DataCard& card, const Source& source, std::int64_t first,
                                 LeftOut& left_out, std::vector<Problem>& problems) {
  std::vector<Sentence> sentences = read_by(card.reader, source, left_out, problems);
  check_repetitions(sentences, source, problems);
  if (first > 0 && first < std::ssize(sentences)) sentences.resize(static_cast<std::size_t>(first));
  return sentences;
}

}  // namespace

Inventory read_types(const fs::path& file) {
  std::vector<Problem> problems;
  Inventory inventory;
  const std::string text = read_text(file, problems);
  const auto root = problems.empty() ? parse_ordered_json(text, file, 1, problems) : nlohmann::ordered_json();
  if (problems.empty()) {
    inventory.entities = types_of(root, "entities", file, problems);
    inventory.relations = types_of(root, "relations", file, problems);
    check_keys(root, file, problems);
  }
  if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
  return inventory;
}

std::vector<Sentence> read_spert(const fs::path& file, const Inventory& inventory, Annotations annotations) {
  std::vector<Problem> problems;
  LeftOut left_out;
  auto sentences = read_spert_items({file, {"default"}, {&inventory, 1}, annotations}, left_out, problems);
  if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
  make_unique(sentences);
  return sentences;
}

Corpus read_corpus(const DataCard& card, const fs::path& folder, std::span<const std::string> splits,
                   std::int64_t limit) {
  Corpus corpus;
  corpus.views = card.views;
  if (card.types) {
    verify(folder, *card.types);
    corpus.inventories.assign(card.views.size(), read_types(folder / card.types->path));
  } else {
    corpus.inventories = card.inventories;
  }
  std::vector<Problem> problems;
  for (const std::string& split : splits) {
    const std::size_t before = problems.size();
    const std::vector<CardFile> files = split_files(card, split);
    for (const CardFile& file : files) verify(folder, file, problems);
    if (problems.size() > before) continue;
    const Source source{folder / files[0].path,
                        corpus.views,
                        corpus.inventories,
                        Annotations::needed,
                        files.size() > 1 ? folder / files[1].path : "",
                        card.skip_empty};
    for (Sentence& sentence : read_split(card, source, files[0].first, corpus.left_out, problems))
      corpus.sentences.push_back(std::move(sentence));
  }
  if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
  if (limit > 0 && static_cast<std::size_t>(limit) < corpus.sentences.size())
    corpus.sentences.resize(static_cast<std::size_t>(limit));
  make_unique(corpus.sentences);
  return corpus;
}

std::vector<std::string> split_names(std::string_view text) {
  std::vector<std::string> names;
  while (!text.empty()) {
    const auto plus = text.find('+');
    names.emplace_back(text.substr(0, plus));
    text.remove_prefix(plus == std::string_view::npos ? text.size() : plus + 1);
  }
  return names;
}

}  // namespace spanlab
