// SPDX-License-Identifier: MIT
#include "my_component.hpp"

#include <ATen/ATen.h>

#include <cmath>
#include <map>
#include <set>

#include "spanlab/error.hpp"
#include "spanlab/plugin.hpp"
#include "spanlab/span_ops.hpp"

namespace {

/// A vector for each word of the training data, and one for all others.
class MyComponent : public spanlab::Encoder {
 public:
  MyComponent(const spanlab::Parameters& parameters, const spanlab::EncoderSetup& setup)
      : vocabulary_(setup.vocabulary) {
    // A fresh model collects its words; a stored one is given what `do_vocabulary` told.
    if (vocabulary_.empty()) vocabulary_ = words_of(setup.training);
    for (std::size_t begin = 0; begin < vocabulary_.size();) {
      const std::size_t end = vocabulary_.find('\n', begin);
      numbers_.emplace(vocabulary_.substr(begin, end - begin), numbers_.size() + 1);
      begin = end + 1;
    }
    at::Tensor table =
        at::empty({static_cast<std::int64_t>(numbers_.size()) + 1, parameters.integer("size")});
    fill_normal(table, 0.3, setup.generator);
    table_ = register_parameter("table", table);
  }

 protected:
  std::int64_t do_width() const override { return table_.size(1); }
  std::string do_vocabulary() const override { return vocabulary_; }

  // A unit for each word; number 0 stands for what is unknown.
  spanlab::EncodedSentence do_encode(const spanlab::Sentence& sentence) const override {
    if (sentence.words.empty()) {
      throw spanlab::Error(spanlab::ErrorKind::data, sentence.id, "the sentence has no words");
    }
    spanlab::EncodedSentence encoded;
    for (const std::string& word : sentence.words) {
      const auto found = numbers_.find(word);
      const auto unit = static_cast<std::int64_t>(encoded.ids.size());
      encoded.ids.push_back(found == numbers_.end() ? 0 : static_cast<std::int64_t>(found->second));
      encoded.words.push_back({unit, unit + 1});
    }
    return encoded;
  }

  // The sentences of a batch lie end to end: the sum of one is that of its range of rows.
  spanlab::Features do_forward(const spanlab::Batch& batch, spanlab::Pass& pass) override {
    const at::Tensor units = pass.embedded(table_.index_select(0, batch.ids));
    std::vector<at::Tensor> means;
    for (std::int64_t s = 0; s < batch.size(); ++s) {
      const auto at = static_cast<std::size_t>(s);
      means.push_back(units.slice(0, batch.unit_offsets[at], batch.unit_offsets[at + 1]).mean(0));
    }
    return {units, at::stack(means)};
  }

 private:
  // Each word once, one a line.
  static std::string words_of(std::span<const spanlab::Sentence> sentences) {
    std::set<std::string> words;
    for (const spanlab::Sentence& sentence : sentences)
      words.insert(sentence.words.begin(), sentence.words.end());
    std::string text;
    for (const std::string& word : words) text += word + '\n';
    return text;
  }

  std::string vocabulary_;
  std::map<std::string, std::size_t> numbers_;
  at::Tensor table_;  // [words + 1, size]
};

}  // namespace

spanlab::Schema my_component_schema() {
  return spanlab::Schema().integer("size", 64, "numbers of a word's vector").range(1, 4096);
}

std::shared_ptr<spanlab::Encoder> make_my_component(const spanlab::Parameters& parameters,
                                                    const spanlab::EncoderSetup& setup) {
  return std::make_shared<MyComponent>(parameters, setup);
}

SPANLAB_PLUGIN("my_component", "0.1", "your name") {
  registrar.encoder({.id = "my_component",
                     .summary = "a vector for each word of the training data",
                     .schema = my_component_schema()},
                    make_my_component);
}
