// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

#include "spanlab/text_file.hpp"

namespace spanlab {

/// What a stream gives, as it is; a problem and an empty text if it gives more than `most` bytes. Pipes have
/// no other end than this.
SPANLAB_API std::string read_all(std::istream& stream, const std::filesystem::path& file, std::size_t most,
                                 std::vector<Problem>& problems);
inline constexpr std::size_t kLargestStream = std::size_t{1} << 30;  ///< bytes of a pipe or standard input

}  // namespace spanlab
