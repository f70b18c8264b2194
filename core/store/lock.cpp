// SPDX-License-Identifier: MIT
#include "store/lock.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "spanlab/error.hpp"

namespace spanlab {

namespace {

struct flock whole_file() {
  struct flock range {};
  range.l_type = F_WRLCK;
  range.l_whence = SEEK_SET;
  return range;
}

[[noreturn]] void fail(const std::filesystem::path& file) {
  throw Error(ErrorKind::environment, file.string(), fmt::format("cannot lock: {}", std::strerror(errno)));
}

}  // namespace

std::optional<TrialLock> TrialLock::acquire(const std::filesystem::path& trial_folder) {
  std::filesystem::path file = trial_folder / "lock";
  int descriptor = open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor < 0) fail(file);
  TrialLock lock(descriptor);
  struct flock range = whole_file();
  if (fcntl(descriptor, F_OFD_SETLK, &range) == 0) return lock;
  if (errno != EAGAIN && errno != EACCES) fail(file);
  return std::nullopt;
}

TrialLock::~TrialLock() {
  if (descriptor_ >= 0) close(descriptor_);
}

TrialLock& TrialLock::operator=(TrialLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

bool is_locked(const std::filesystem::path& trial_folder) {
  int descriptor = open((trial_folder / "lock").c_str(), O_RDWR | O_CLOEXEC);
  if (descriptor < 0) return false;
  TrialLock closes(descriptor);
  struct flock range = whole_file();
  return fcntl(descriptor, F_OFD_GETLK, &range) == 0 && range.l_type != F_UNLCK;
}

}  // namespace spanlab
