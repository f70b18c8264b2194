// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "spanlab/error.hpp"

namespace spanlab {

/// A file inside an archive; of a compressed file that is no archive, the file itself with its own name.
struct ArchiveMember {
  std::string name;
  std::string bytes;
};

/// What a packed file may unpack to: so many bytes for each of its own, and this many however small it is.
inline constexpr std::uint64_t kUnpackedPerByte = 50;
inline constexpr std::uint64_t kUnpackedAtLeast = 1 << 20;

/// The files of a (compressed) tar or the content of a compressed file, by name. What is wrong with the
/// archive is added to the problems.
std::vector<ArchiveMember> read_archive(const std::filesystem::path& file, std::vector<Problem>& problems);

}  // namespace spanlab
