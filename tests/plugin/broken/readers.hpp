// SPDX-License-Identifier: MIT
#pragma once

#include <sstream>
#include <stdexcept>

#include "spanlab/problem_list.hpp"
#include "spanlab/reader.hpp"

namespace broken {

using namespace spanlab;

/// A sentence a line, as it should be: its words, and the first one is a mention of the first type where it
/// begins with a capital letter.
class GoodReader : public Reader {
 public:
  explicit GoodReader(const Parameters&) {}

 protected:
  std::vector<Sentence> do_read(const ReaderInput& input, LeftOut&,
                                std::vector<Problem>& problems) const override {
    std::vector<Sentence> sentences;
    std::istringstream in(text_of(input, problems));
    for (std::string line; std::getline(in, line);) {
      Sentence sentence{"", "", {}, {Annotation()}};
      std::istringstream words(line);
      for (std::string word; words >> word;) sentence.words.push_back(word);
      if (sentence.words.empty()) continue;
      if (std::isupper(static_cast<unsigned char>(line[0]))) sentence.views[0].entities = {mention()};
      sentences.push_back(std::move(sentence));
    }
    if (sentences.empty() && problems.empty())
      add_problem(problems, input.file.string(), "holds no sentences");
    return sentences;
  }

  virtual Entity mention() const { return {{0, 1}, 0}; }
};

struct ThrowsForBrokenFiles : GoodReader {
  using GoodReader::GoodReader;
  std::vector<Sentence> do_read(const ReaderInput& input, LeftOut& left_out,
                                std::vector<Problem>& problems) const override {
    std::vector<Sentence> sentences = GoodReader::do_read(input, left_out, problems);
    if (!problems.empty()) throw std::runtime_error("cannot read " + input.file.filename().string());
    return sentences;
  }
};

struct LongMention : GoodReader {
  using GoodReader::GoodReader;
  Entity mention() const override { return {{0, 1000}, 0}; }
};

struct TakesEmptyFiles : GoodReader {
  using GoodReader::GoodReader;
  std::vector<Sentence> do_read(const ReaderInput& input, LeftOut& left_out,
                                std::vector<Problem>& problems) const override {
    std::vector<Sentence> sentences = GoodReader::do_read(input, left_out, problems);
    if (sentences.empty()) problems.clear();
    return sentences;
  }
};

}  // namespace broken
