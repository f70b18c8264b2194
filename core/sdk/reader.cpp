// SPDX-License-Identifier: MIT
#include "spanlab/reader.hpp"

#include "spanlab/text_file.hpp"

namespace spanlab {

Reader::~Reader() = default;

MarkedCorpus Reader::texts(const ReaderInput& input, std::vector<Problem>&) const {
  throw Error(ErrorKind::usage, input.file.string(), "is of a form that has no running text");
}

std::string text_of(const ReaderInput& input, std::vector<Problem>& problems) {
  return input.text ? checked_text(*input.text, input.file, problems) : read_text(input.file, problems);
}

}  // namespace spanlab
