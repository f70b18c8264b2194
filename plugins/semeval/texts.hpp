// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <vector>

#include "spanlab/error.hpp"
#include "spanlab/marked_text.hpp"

// The files of SemEval-2018 Task 7, before words and sentences are cut.
namespace spanlab {

/// The texts of a file of XML. What is wrong is added to `problems`, with file, line and column.
std::vector<MarkedText> read_semeval_xml(const std::filesystem::path& file, std::vector<Problem>& problems);

/// The lines of a file of relations: `USAGE(H01-1001.5,H01-1001.7,REVERSE)` goes from .7 to .5. What is wrong
/// is added to `problems`, with file and line.
std::vector<MarkedRelation> read_semeval_relations(const std::filesystem::path& file,
                                                   std::vector<Problem>& problems);

}  // namespace spanlab
