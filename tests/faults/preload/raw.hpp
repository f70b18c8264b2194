// SPDX-License-Identifier: MIT
#pragma once

#include <fcntl.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

// What a preloaded library does for itself goes by system calls, so that it does not meet itself.

namespace faults {

inline std::string variable(const char* name) {
  const char* value = getenv(name);
  return value ? value : "";
}

/// The path of an open descriptor, or empty.
inline std::string path_of(int descriptor) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  const long length = syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path);
  return length > 0 ? std::string(path, static_cast<std::size_t>(length)) : std::string();
}

/// A path as an absolute one; what a relative one is relative to is `folder`, or the current folder.
inline std::string absolute(const char* path, int folder = AT_FDCWD) {
  if (!path || path[0] == '/') return path ? path : "";
  const std::string base = folder == AT_FDCWD ? [] {
    char here[4096];
    return syscall(SYS_getcwd, here, sizeof here) > 0 ? std::string(here) : std::string();
  }()
                                              : path_of(folder);
  return base + '/' + path;
}

inline bool is_under(const std::string& path, const std::string& folder) {
  return !folder.empty() && (path == folder || path.compare(0, folder.size() + 1, folder + '/') == 0);
}

inline int open_raw(const std::string& path, int flags) {
  return static_cast<int>(syscall(SYS_openat, AT_FDCWD, path.c_str(), flags | O_CLOEXEC, 0666));
}

inline void write_raw(int descriptor, const char* bytes, std::size_t size) {
  while (size > 0) {
    const long count = syscall(SYS_write, descriptor, bytes, size);
    if (count <= 0) abort();
    bytes += count;
    size -= static_cast<std::size_t>(count);
  }
}

inline std::string read_raw(int descriptor) {
  std::string text;
  char part[1 << 15];
  for (long count; (count = syscall(SYS_read, descriptor, part, sizeof part)) > 0;) {
    text.append(part, static_cast<std::size_t>(count));
  }
  return text;
}

inline void close_raw(int descriptor) { syscall(SYS_close, descriptor); }

/// A number in a file that all processes count in, one at a time: while the object lives, no other process
/// goes on.
class Turn {
 public:
  explicit Turn(const std::string& file) : descriptor_(open_raw(file, O_RDWR | O_CREAT)) {
    if (descriptor_ < 0) abort();
    while (syscall(SYS_flock, descriptor_, LOCK_EX) != 0) {
    }
    const std::string text = read_raw(descriptor_);
    number_ = atol(text.c_str()) + 1;
    syscall(SYS_lseek, descriptor_, 0L, SEEK_SET);
    const std::string next = std::to_string(number_);
    write_raw(descriptor_, next.data(), next.size());
  }
  ~Turn() { close_raw(descriptor_); }
  Turn(const Turn&) = delete;

  long number() const { return number_; }

 private:
  int descriptor_;
  long number_ = 0;
};

}  // namespace faults
