// SPDX-License-Identifier: MIT
#pragma once

#include <dlfcn.h>

#include <cstdarg>

#include "raw.hpp"

// Every way in which a program opens a file, for one source of a preloaded library. It says in
// opening_fails() what it thinks of each.

namespace faults {

/// Whether the file, by its absolute path, is not opened; errno is set then. Defined by the library's source.
bool opening_fails(const std::string& path, int flags);

template <typename Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

inline int open_at(int folder, const char* path, int flags, mode_t mode) {
  if (opening_fails(absolute(path, folder), flags)) return -1;
  return static_cast<int>(syscall(SYS_openat, folder, path, flags, mode));
}

inline mode_t mode_of(int flags, va_list rest) {
  return flags & (O_CREAT | __O_TMPFILE) ? va_arg(rest, mode_t) : 0;
}

inline int flags_of(const char* mode) { return mode[0] == 'r' ? O_RDONLY : O_WRONLY; }

}  // namespace faults

#define OPEN(name)                                       \
  int name(const char* path, int flags, ...) {           \
    va_list rest;                                        \
    va_start(rest, flags);                               \
    const mode_t mode = faults::mode_of(flags, rest);    \
    va_end(rest);                                        \
    return faults::open_at(AT_FDCWD, path, flags, mode); \
  }
#define OPENAT(name)                                       \
  int name(int folder, const char* path, int flags, ...) { \
    va_list rest;                                          \
    va_start(rest, flags);                                 \
    const mode_t mode = faults::mode_of(flags, rest);      \
    va_end(rest);                                          \
    return faults::open_at(folder, path, flags, mode);     \
  }
#define FOPEN(name)                                                                            \
  FILE* name(const char* path, const char* mode) {                                             \
    if (faults::opening_fails(faults::absolute(path), faults::flags_of(mode))) return nullptr; \
    return faults::next<FILE*(const char*, const char*)>(#name)(path, mode);                   \
  }

extern "C" {
OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)
FOPEN(fopen)
FOPEN(fopen64)
}
