// SPDX-License-Identifier: MIT
#include "spanlab/corpus_item.hpp"
#include "spanlab/problem_list.hpp"

#include "components.hpp"

namespace {

using namespace spanlab;

/// A word and its tag a line, as `Ulm B-Place`, with a blank line behind each sentence: the form of
/// CoNLL-2003.
class Columns : public Reader {
 public:
  explicit Columns(const Parameters& parameters)
      : separator_(parameters.text("separator")), outside_(parameters.text("outside")) {}

  std::vector<Sentence> do_read(const ReaderInput& input, LeftOut&,
                                std::vector<Problem>& problems) const override {
    std::vector<Sentence> sentences;
    std::int64_t last = 0;
    for_each_line(text_of(input, problems), [&](std::string_view line, std::int64_t number) {
      if (sentences.empty() || number > last + 1) sentences.push_back({"", "", {}, {Annotation()}});
      last = number;
      const CorpusItem item(JsonView(), input.file.string() + ':' + std::to_string(number), problems);
      add(line, input, item, sentences.back());
    });
    if (sentences.empty() && problems.empty())
      add_problem(problems, input.file.string(), "holds no sentences");
    return sentences;
  }

 private:
  void add(std::string_view line, const ReaderInput& input, const CorpusItem& item,
           Sentence& sentence) const {
    const std::size_t at = line.find(separator_);
    if (at == line.npos || at == 0)
      return item.add("", "expected a word and a tag with '" + separator_ + "' between");
    const std::string tag(line.substr(at + separator_.size()));
    sentence.words.emplace_back(line.substr(0, at));
    if (input.annotations == Annotations::none || tag == outside_) return;
    if (!tag.starts_with("B-") && !tag.starts_with("I-"))
      return item.add("", "expected a tag B-TYPE, I-TYPE or " + outside_ + ", got '" + tag + "'");
    const std::int32_t type = type_index(input.inventories[0].entities, tag.substr(2), "entity", item, "");
    const auto end = static_cast<std::int32_t>(sentence.words.size());
    std::vector<Entity>& entities = sentence.views[0].entities;
    const bool goes_on = tag.starts_with("I-") && !entities.empty() && entities.back().type == type &&
                         entities.back().span.end == end - 1;
    if (goes_on)
      entities.back().span.end = end;
    else if (type >= 0)
      entities.push_back({{end - 1, end}, type});
  }

  std::string separator_;
  std::string outside_;
};

}  // namespace

Schema columns_schema() {
  return Schema()
      .text("separator", " ", "what stands between a word and its tag")
      .text("outside", "O", "the tag of words outside of entities");
}

std::unique_ptr<Reader> make_columns(const Parameters& parameters) {
  return std::make_unique<Columns>(parameters);
}
