// SPDX-License-Identifier: MIT
#include "data/dataset.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

#include "data/type_names.hpp"
#include "sdk/json_value.hpp"
#include "spanlab/error.hpp"
#include "spanlab/json_fields.hpp"
#include "spanlab/json_view.hpp"
#include "spanlab/problem_list.hpp"
#include "spanlab/text_file.hpp"

namespace spanlab::host {

namespace fs = std::filesystem;

namespace {

/// The types file of SpERT's form. A type's number is its place in the file.
class TypesFile {
 public:
  TypesFile(const fs::path& file, std::vector<Problem>& problems)
      : file_(file),
        problems_(problems),
        text_(read_text(file, problems)),
        document_(problems.empty() ? JsonDocument(text_, file, 1, problems) : JsonDocument()) {}

  Inventory read() {
    Inventory inventory;
    if (!problems_.empty()) return inventory;
    inventory.entities = types("entities");
    inventory.relations = types("relations");
    check_keys();
    return inventory;
  }

 private:
  std::vector<LabelType> types(const std::string& key) {
    std::vector<LabelType> all;
    const JsonView types = document_.root().find(key);
    if (!types.is_object()) {
      add_problem(problems_, file_.string(), fmt::format("must be an object with an object '{}'", key));
      return all;
    }
    for (const std::string& name : members_in_order(text_, key)) {
      if (const std::string wrong = wrong_type_name(name); !wrong.empty())
        add_problem(problems_, file_.string(), fmt::format("{}: {}", key, wrong));
      all.push_back(type(name, types.find(name), key));
    }
    return all;
  }

  // A null says no more than the type's name.
  LabelType type(const std::string& name, JsonView node, const std::string& key) {
    LabelType type{name, name, false};
    if (node.is_null()) return type;
    JsonFields members(node, file_.string(), problems_, fmt::format("{}.{}", key, name));
    type.title = members.text_or("verbose", name);
    members.text_or("short", "");
    if (key == "relations") type.symmetric = members.boolean_or("symmetric", false);
    members.no_others();
    return type;
  }

  void check_keys() {
    static const std::vector<std::string> known{"entities", "relations"};
    for (const std::string& key : members_in_order(text_, "")) {
      if (std::ranges::find(known, key) != known.end()) continue;
      add_problem(problems_, file_.string(),
                  fmt::format("unknown key '{}'{}", key, did_you_mean(key, known)));
    }
  }

  fs::path file_;
  std::vector<Problem>& problems_;
  std::string text_;
  JsonDocument document_;
};

// A gold entity that is there twice would be sampled and counted twice.
void check_repetitions(const std::vector<Sentence>& sentences, const ReaderInput& source,
                       std::vector<Problem>& problems) {
  for (std::size_t s = 0; s < sentences.size(); ++s) {
    for (std::size_t v = 0; v < sentences[s].views.size(); ++v) {
      const auto& entities = sentences[s].views[v].entities;
      std::map<Entity, std::size_t> seen;
      for (std::size_t i = 0; i < entities.size(); ++i) {
        if (entities[i].type < 0 || entities[i].span.width() <= 0) continue;
        const auto [first, is_new] = seen.emplace(entities[i], i);
        if (is_new) continue;
        const auto number = static_cast<std::size_t>(entities[i].type);
        const std::string& type = source.inventories[v].entities[number].name;
        add_problem(
            problems, fmt::format("{}: item {} ({})", source.file.string(), s, sentences[s].id),
            fmt::format("entity {} repeats entity {}: {} at words [{}, {}); take one of them out of the file "
                        "(relations count entities from 0)",
                        i, first->second, type, entities[i].span.begin, entities[i].span.end));
      }
    }
  }
}

// The whole file is checked, however many of its sentences count.
std::vector<Sentence> read_split(const DataCard& card, const ReaderInput& source, std::int64_t first,
                                 LeftOut& left_out, std::vector<Problem>& problems) {
  std::vector<Sentence> sentences = card.reader.make()->read(source, left_out, problems);
  check_repetitions(sentences, source, problems);
  if (first > 0 && first < std::ssize(sentences)) sentences.resize(static_cast<std::size_t>(first));
  return sentences;
}

}  // namespace

Inventory read_types(const fs::path& file) {
  std::vector<Problem> problems;
  Inventory inventory = TypesFile(file, problems).read();
  if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
  return inventory;
}

std::vector<Sentence> read_spert(const Registry& components, const fs::path& file, const Inventory& inventory,
                                 Annotations annotations) {
  std::vector<Problem> problems;
  LeftOut left_out;
  ReaderInput input{.file = file, .inventories = {&inventory, 1}, .annotations = annotations};
  const CardReader reader{.id = "spert", .components = &components};
  std::vector<Sentence> sentences = reader.make()->read(input, left_out, problems);
  if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
  make_unique(sentences);
  return sentences;
}

void make_unique(std::vector<Sentence>& sentences) {
  std::set<std::string> seen;
  std::map<std::string, int> copies;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    const std::string given = sentences[i].id.empty() ? std::to_string(i) : sentences[i].id;
    std::string id = given;
    for (int* copy = nullptr; !seen.insert(id).second; id = fmt::format("{}#{}", given, ++*copy)) {
      if (!copy) copy = &copies.emplace(given, 1).first->second;
    }
    sentences[i].id = std::move(id);
  }
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
    verify(folder, split_files(card, split), problems);
    if (problems.size() > before) continue;
    ReaderInput input = reader_input(card, folder, split);
    input.inventories = corpus.inventories;
    const std::int64_t first = split_file(card, split).first;
    for (Sentence& sentence : read_split(card, input, first, corpus.left_out, problems))
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

}  // namespace spanlab::host
