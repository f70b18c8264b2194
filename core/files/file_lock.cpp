// SPDX-License-Identifier: MIT
#include "files/file_lock.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "sdk/descriptor.hpp"

namespace spanlab::host {

namespace {

struct flock range_of(std::int64_t byte) {
  return byte == FileLock::kWhole ? lock_range(0, 0) : lock_range(byte, 1);
}

}  // namespace

FileLock::FileLock(const std::filesystem::path& file, std::int64_t byte, bool& taken, int command)
    : descriptor_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666)) {
  struct flock range = range_of(byte);
  int result = -1;
  if (descriptor_ >= 0) {
    do result = ::fcntl(descriptor_, command, &range);
    while (result != 0 && errno == EINTR);
  }
  taken = result == 0;
  if (taken || (descriptor_ >= 0 && (errno == EAGAIN || errno == EACCES))) return;
  const int reason = errno;
  if (descriptor_ >= 0) ::close(descriptor_);
  refuse(file, "cannot lock", reason);
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::optional<FileLock> FileLock::attempt(const std::filesystem::path& file, std::int64_t byte) {
  bool taken = false;
  FileLock lock(file, byte, taken, F_OFD_SETLK);
  if (!taken) return std::nullopt;
  return lock;
}

FileLock FileLock::wait(const std::filesystem::path& file, std::int64_t byte) {
  bool taken = false;
  return FileLock(file, byte, taken, F_OFD_SETLKW);
}

bool is_file_locked(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (descriptor < 0 && (errno == ENOENT || errno == ENOTDIR)) return false;
  struct flock range = range_of(FileLock::kWhole);
  const bool known = descriptor >= 0 && ::fcntl(descriptor, F_OFD_GETLK, &range) == 0;
  const int reason = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (known) return range.l_type != F_UNLCK;
  refuse(file, "whether somebody holds it cannot be known", reason);
}

}  // namespace spanlab::host
