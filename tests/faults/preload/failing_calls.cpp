// SPDX-License-Identifier: MIT
// One call of the system that fails. Preloaded (LD_PRELOAD), it counts the calls of one kind on the files of
// a folder, over all processes, and lets the chosen ones fail.
//
//   SPANLAB_FAIL_CALL     open, read, write, close, fsync, rename, mkdir, unlink, truncate
//   SPANLAB_FAIL_UNDER    the folder, as an absolute path; what lies elsewhere is left alone
//   SPANLAB_FAIL_NAME     only files whose path contains this; empty: all
//   SPANLAB_FAIL_AT       which call fails, counted from 1; 0: none
//   SPANLAB_FAIL_TIMES    how many of them from there on; 0: all; absent: one
//   SPANLAB_FAIL_ERROR    the number that errno gets
//   SPANLAB_FAIL_COUNTER  a file that the calls are counted in; it may be read afterwards
//
// A close that fails closes all the same, as Linux does; of a write that fails nothing is written.
#include <sys/stat.h>
#include <sys/uio.h>

#include <cerrno>

#include "opening.hpp"

namespace {

using namespace faults;

// Whether this call is one of those that fail; errno is set then.
bool fails(const char* call, const std::string& path) {
  if (variable("SPANLAB_FAIL_CALL") != call || !is_under(path, variable("SPANLAB_FAIL_UNDER"))) return false;
  if (path.find(variable("SPANLAB_FAIL_NAME")) == std::string::npos) return false;
  const Turn turn(variable("SPANLAB_FAIL_COUNTER"));
  const long at = atol(variable("SPANLAB_FAIL_AT").c_str());
  const std::string given = variable("SPANLAB_FAIL_TIMES");
  const long times = given.empty() ? 1 : atol(given.c_str());
  if (at == 0 || turn.number() < at || (times > 0 && turn.number() >= at + times)) return false;
  errno = atoi(variable("SPANLAB_FAIL_ERROR").c_str());
  return true;
}

bool fails(const char* call, int descriptor) { return fails(call, path_of(descriptor)); }

}  // namespace

bool faults::opening_fails(const std::string& path, int) { return fails("open", path); }

extern "C" {

ssize_t read(int descriptor, void* bytes, size_t size) {
  return fails("read", descriptor) ? -1 : syscall(SYS_read, descriptor, bytes, size);
}
ssize_t pread(int descriptor, void* bytes, size_t size, off_t offset) {
  return fails("read", descriptor) ? -1 : syscall(SYS_pread64, descriptor, bytes, size, offset);
}
ssize_t pread64(int descriptor, void* bytes, size_t size, off64_t offset) {
  return pread(descriptor, bytes, size, offset);
}

ssize_t write(int descriptor, const void* bytes, size_t size) {
  return fails("write", descriptor) ? -1 : syscall(SYS_write, descriptor, bytes, size);
}
ssize_t writev(int descriptor, const iovec* parts, int count) {
  return fails("write", descriptor) ? -1 : syscall(SYS_writev, descriptor, parts, count);
}
ssize_t pwrite(int descriptor, const void* bytes, size_t size, off_t offset) {
  return fails("write", descriptor) ? -1 : syscall(SYS_pwrite64, descriptor, bytes, size, offset);
}
ssize_t pwrite64(int descriptor, const void* bytes, size_t size, off64_t offset) {
  return pwrite(descriptor, bytes, size, offset);
}

int close(int descriptor) {
  const bool failed = fails("close", descriptor);
  const int reason = errno;
  const int result = static_cast<int>(syscall(SYS_close, descriptor));
  if (!failed) return result;
  errno = reason;
  return -1;
}

int fsync(int descriptor) {
  return fails("fsync", descriptor) ? -1 : static_cast<int>(syscall(SYS_fsync, descriptor));
}
int fdatasync(int descriptor) {
  return fails("fsync", descriptor) ? -1 : static_cast<int>(syscall(SYS_fdatasync, descriptor));
}

int rename(const char* from, const char* to) {
  return fails("rename", absolute(to))
             ? -1
             : static_cast<int>(syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}
int mkdir(const char* path, mode_t mode) {
  return fails("mkdir", absolute(path)) ? -1 : static_cast<int>(syscall(SYS_mkdirat, AT_FDCWD, path, mode));
}
int unlink(const char* path) {
  return fails("unlink", absolute(path)) ? -1 : static_cast<int>(syscall(SYS_unlinkat, AT_FDCWD, path, 0));
}
int unlinkat(int folder, const char* path, int flags) {
  return fails("unlink", absolute(path, folder))
             ? -1
             : static_cast<int>(syscall(SYS_unlinkat, folder, path, flags));
}
int remove(const char* path) {
  return fails("unlink", absolute(path)) ? -1 : next<int(const char*)>("remove")(path);
}
int truncate(const char* path, off_t size) {
  return fails("truncate", absolute(path)) ? -1 : static_cast<int>(syscall(SYS_truncate, path, size));
}
int truncate64(const char* path, off64_t size) { return truncate(path, size); }
int ftruncate(int descriptor, off_t size) {
  return fails("truncate", descriptor) ? -1 : static_cast<int>(syscall(SYS_ftruncate, descriptor, size));
}
int ftruncate64(int descriptor, off64_t size) { return ftruncate(descriptor, size); }
}
