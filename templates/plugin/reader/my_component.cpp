// SPDX-License-Identifier: MIT
#include "my_component.hpp"

#include "spanlab/corpus_item.hpp"
#include "spanlab/plugin.hpp"
#include "spanlab/problem_list.hpp"

namespace {

/// A word and its tag a line, as `Ulm B-Place`, and a blank line behind each sentence.
class MyComponent : public spanlab::Reader {
 public:
  explicit MyComponent(std::string separator) : separator_(std::move(separator)) {}

 protected:
  std::vector<spanlab::Sentence> do_read(const spanlab::ReaderInput& input, spanlab::LeftOut&,
                                         std::vector<spanlab::Problem>& problems) const override {
    std::vector<spanlab::Sentence> sentences;
    std::int64_t last = 0;
    spanlab::for_each_line(text_of(input, problems), [&](std::string_view line, std::int64_t number) {
      if (sentences.empty() || number > last + 1) sentences.push_back({"", "", {}, {spanlab::Annotation()}});
      last = number;
      const std::string place = input.file.string() + ':' + std::to_string(number);
      add(line, input, spanlab::CorpusItem(spanlab::JsonView(), place, problems), sentences.back());
    });
    if (sentences.empty() && problems.empty()) {
      spanlab::add_problem(problems, input.file.string(), "holds no sentences");
    }
    return sentences;
  }

 private:
  // What is wrong is told, and reading goes on with the next line.
  void add(std::string_view line, const spanlab::ReaderInput& input, const spanlab::CorpusItem& item,
           spanlab::Sentence& sentence) const {
    const std::size_t at = line.find(separator_);
    if (at == line.npos || at == 0) {
      return item.add("", "expected a word and a tag with '" + separator_ + "' between");
    }
    const std::string tag(line.substr(at + separator_.size()));
    sentence.words.emplace_back(line.substr(0, at));
    if (input.annotations == spanlab::Annotations::none || tag == "O") return;
    if (!tag.starts_with("B-") && !tag.starts_with("I-")) {
      return item.add("", "expected a tag B-TYPE, I-TYPE or O, got '" + tag + "'");
    }
    const std::int32_t type =
        spanlab::type_index(input.inventories[0].entities, tag.substr(2), "entity", item, "");
    if (type < 0) return;
    const auto end = static_cast<std::int32_t>(sentence.words.size());
    std::vector<spanlab::Entity>& entities = sentence.views[0].entities;
    const bool goes_on = tag.starts_with("I-") && !entities.empty() && entities.back().type == type &&
                         entities.back().span.end == end - 1;
    if (goes_on) {
      entities.back().span.end = end;
    } else {
      entities.push_back({{end - 1, end}, type});
    }
  }

  std::string separator_;
};

}  // namespace

spanlab::Schema my_component_schema() {
  return spanlab::Schema().text("separator", " ", "what stands between a word and its tag");
}

std::shared_ptr<spanlab::Reader> make_my_component(const spanlab::Parameters& parameters) {
  return std::make_shared<MyComponent>(parameters.text("separator"));
}

SPANLAB_PLUGIN("my_component", "0.1", "your name") {
  registrar.reader(
      {.id = "my_component", .summary = "a word and its tag a line", .schema = my_component_schema()},
      make_my_component);
}
