// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include "contract/subject.hpp"
#include "spanlab/reader.hpp"

namespace spanlab::host::suite {

/// A file that a reader can read, as a data set's card names it.
struct ReaderSample {
  std::string data;  ///< the data set and the split
  ReaderInput input;
  std::vector<Inventory> inventories;  ///< that the input refers to
  Parameters parameters = {};          ///< of the reader: a sample is written for one setting, its card's
};

/// The smallest file of all data sets whose cards name the reader and whose files are at hand; null where
/// there is none.
std::shared_ptr<const ReaderSample> find_sample(const Surroundings& around, const std::string& reader);

/// What a reader made of a file.
struct ReadText {
  std::vector<Sentence> sentences;
  LeftOut left_out;
  std::vector<Problem> problems;
};
ReadText read_with(const Reader& reader, const ReaderInput& input);

/// Everything about sentences, in lines.
std::string text_of(const std::vector<Sentence>& sentences);

}  // namespace spanlab::host::suite
