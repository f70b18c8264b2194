// SPDX-License-Identifier: MIT
#pragma once

#include <fcntl.h>

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "spanlab/export.hpp"

// What is done with an open file by its descriptor.

namespace spanlab {

/// Throws Error(environment) about `file`: `what`, and why the system refused it (`reason`, an errno).
[[noreturn]] SPANLAB_API void refuse(const std::filesystem::path& file, const char* what, int reason);

/// Writes all bytes, however often the system has to be asked. Throws as refuse().
SPANLAB_API void write_all(int descriptor, std::string_view bytes, const std::filesystem::path& file);

/// Closes a file that was written. Throws as refuse() where only now it shows that it could not be.
SPANLAB_API void close_written(int descriptor, const std::filesystem::path& file);

/// An exclusive lock of `length` bytes from `begin` on, as fcntl() takes it; length 0: to the end, however
/// long the file becomes.
inline struct flock lock_range(std::int64_t begin, std::int64_t length) {
  struct flock range{};
  range.l_type = F_WRLCK;
  range.l_whence = SEEK_SET;
  range.l_start = begin;
  range.l_len = length;
  return range;
}

}  // namespace spanlab
