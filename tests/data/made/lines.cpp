// SPDX-License-Identifier: MIT
// A stranger's reader: a sentence a line, and labels of its sentences in a second file.
#include "spanlab/corpus_item.hpp"
#include "spanlab/plugin.hpp"

namespace {

using namespace spanlab;

class Lines : public Reader {
 public:
  explicit Lines(const Parameters& parameters) : separator_(parameters.text("separator").at(0)) {}

  std::vector<Sentence> do_read(const ReaderInput& input, LeftOut& left_out,
                                std::vector<Problem>& problems) const override {
    std::vector<Sentence> sentences;
    for_each_line(text_of(input, problems), [&](std::string_view line, std::int64_t) {
      Sentence sentence{"", "", {""}, std::vector<Annotation>(input.views.size())};
      for (const char c : line) {
        if (c == separator_)
          sentence.words.emplace_back();
        else
          sentence.words.back() += c;
      }
      sentences.push_back(std::move(sentence));
    });
    std::size_t next = 0;
    const ReaderInput labels{.file = input.beside.at("labels")};
    for_each_line(text_of(labels, problems), [&](std::string_view label, std::int64_t number) {
      const std::string place = labels.file.string() + ':' + std::to_string(number);
      const CorpusItem item(JsonView(), place, problems);
      if (next == sentences.size()) return void(++left_out.sentences);
      const auto type = type_index(input.inventories[0].entities, std::string(label), "entity", item, "");
      sentences[next++].views[0].entities.push_back({{0, 1}, type});
    });
    return sentences;
  }

 private:
  char separator_;
};

}  // namespace

SPANLAB_PLUGIN("lines", "1.0", "T. Ester") {
  Schema schema;
  schema.text("separator", " ", "one character between words").text("encoding", "plain", "no one knows");
  registrar.reader(
      {.id = "lines", .summary = "a sentence a line", .schema = schema, .views = true, .beside = {"labels"}},
      [](const Parameters& parameters) { return std::make_unique<Lines>(parameters); });
}
