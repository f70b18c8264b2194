// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <map>

#include "semeval/texts.hpp"
#include "spanlab/corpus_item.hpp"
#include "spanlab/plugin.hpp"
#include "spanlab/problem_list.hpp"
#include "spanlab/reader.hpp"

namespace spanlab {

namespace {

constexpr const char* kRelations = "relations";  // the split's second file

// Where an entity of the file stands: a sentence and a place among its entities.
struct Found {
  std::size_t sentence = 0;
  std::int32_t entity = -1;  // -1: left out
};

/// Cuts the texts into sentences and finds the entities of relations in them.
class Cutter {
 public:
  Cutter(const ReaderInput& input, LeftOut& left_out, std::vector<Problem>& problems)
      : input_(input), left_out_(left_out), problems_(problems) {}

  std::vector<Sentence> cut(const MarkedCorpus& corpus) {
    for (const MarkedText& text : corpus.texts) {
      add(text.id, "title", text.title);
      add(text.id, "", text.body);
    }
    for (const MarkedRelation& relation : corpus.relations) add(relation);
    if (problems_.empty()) {
      for (Sentence& sentence : sentences_) turn_symmetric(sentence.views[0], input_.inventories[0]);
    }
    return std::move(sentences_);
  }

 private:
  void add(const std::string& document, const std::string& part_name, const MarkedPart& part) {
    const std::size_t first = sentences_.size();
    const auto placed = [&](const MarkedEntity& entity, std::size_t s, std::int32_t e) {
      found_[entity.id] = {first + s, e};
    };
    for (Sentence& sentence : sentences_of(part, left_out_, placed)) {
      const std::size_t number = sentences_.size() - first;
      const bool is_first_of_title = !part_name.empty() && number == 0;
      sentence.document = document;
      sentence.id = fmt::format("{}:{}", document, part_name);
      if (!is_first_of_title) sentence.id += std::to_string(number);
      sentences_.push_back(std::move(sentence));
    }
  }

  void add(const MarkedRelation& relation) {
    const CorpusItem item(JsonView(), relation.place, problems_);
    const std::vector<LabelType>& types = input_.inventories[0].relations;
    const std::int32_t type = type_index(types, relation.type, "relation", item, "");
    const auto head = found_.find(relation.head), tail = found_.find(relation.tail);
    for (const auto& [found, id] : {std::pair{head, &relation.head}, std::pair{tail, &relation.tail}}) {
      if (found == found_.end()) {
        item.add("", fmt::format("entity '{}' is not in {}", *id, input_.file.filename().string()));
      }
    }
    if (type < 0 || head == found_.end() || tail == found_.end()) return;
    if (head->second.entity < 0 || tail->second.entity < 0 ||
        head->second.sentence != tail->second.sentence) {
      ++left_out_.relations;
      return;
    }
    sentences_[head->second.sentence].views[0].relations.push_back(
        {head->second.entity, tail->second.entity, type});
  }

  const ReaderInput& input_;
  LeftOut& left_out_;
  std::vector<Problem>& problems_;
  std::vector<Sentence> sentences_;
  std::map<std::string, Found> found_;
};

class SemevalReader : public Reader {
 public:
  std::vector<Sentence> do_read(const ReaderInput& input, LeftOut& left_out,
                                std::vector<Problem>& problems) const override {
    const MarkedCorpus corpus = texts(input, problems);
    return Cutter(input, left_out, problems).cut(corpus);
  }

  MarkedCorpus do_texts(const ReaderInput& input, std::vector<Problem>& problems) const override {
    std::vector<MarkedText> texts = read_semeval_xml(input.file, problems);
    return {std::move(texts), read_semeval_relations(input.beside.at(kRelations), problems)};
  }
};

}  // namespace

}  // namespace spanlab

// SemEval-2018 Task 7: abstracts in XML with marked entities of one type, relations in a second file. Titles
// are sentences too.
SPANLAB_PLUGIN("semeval", "0.1.0", "the Spanlab authors") {
  using namespace spanlab;
  registrar.reader(
      {.id = "semeval",
       .summary = "the form of SemEval-2018 Task 7: marked abstracts in XML, relations beside them",
       .results_version = 1,
       .beside = {kRelations},
       .since = "0.2.0"},
      [](const Parameters&) { return std::make_unique<SemevalReader>(); });
}
