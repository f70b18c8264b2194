// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "spanlab/export.hpp"

namespace spanlab {

/// BERT's special pieces, which are cut out of text as they stand. A model by other names is refused.
inline constexpr std::string_view kSpecialPieces[] = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"};

/// The lines of a vocab.txt, without a byte order mark, carriage returns and blank lines at its end; a
/// piece's id is its place. Throws Error(data) with file and line.
std::vector<std::string> read_pieces(const std::filesystem::path& vocabulary);

/// What to do in a folder whose vocabulary lies in tokenizer.json and not in vocab.txt, to be appended to a
/// message; empty of any other.
SPANLAB_API std::string other_vocabulary(const std::filesystem::path& folder);

}  // namespace spanlab
