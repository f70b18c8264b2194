// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <utility>

#include "spanlab/export.hpp"

namespace spanlab::host {

/// An exclusive lock on a byte of a file, or on all of it; the file is made if need be and stays. It is held
/// by an open file description (F_OFD_SETLK): the kernel frees it when the last process that has the
/// descriptor ends, however it ends, also over NFS; such a lock can be asked about without being taken.
class SPANLAB_API FileLock {
 public:
  static constexpr std::int64_t kWhole = -1;

  /// Nothing if somebody else holds it. Throws Error(environment) where the file cannot be made or locked.
  static std::optional<FileLock> attempt(const std::filesystem::path& file, std::int64_t byte = kWhole);
  /// Waits for whoever holds it.
  static FileLock wait(const std::filesystem::path& file, std::int64_t byte = kWhole);
  /// Takes over a descriptor that a parent process locked and left open.
  static FileLock inherited(int descriptor) { return FileLock(descriptor); }

  ~FileLock();
  FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  FileLock& operator=(FileLock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }

  /// A child process that keeps it open shares the lock.
  int descriptor() const { return descriptor_; }

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  FileLock(const std::filesystem::path& file, std::int64_t byte, bool& taken, int command);

  int descriptor_;
};

/// Whether somebody holds a lock on the file. Does not disturb whoever wants it, and needs no right to write;
/// no file, no lock. Throws Error(environment) where it cannot be known.
SPANLAB_API bool is_file_locked(const std::filesystem::path& file);

}  // namespace spanlab::host
