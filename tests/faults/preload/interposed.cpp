// SPDX-License-Identifier: MIT
// What a program reads, and a bad moment for it. Preloaded (LD_PRELOAD), it sees what is opened and loaded.
//
//   INTERPOSED_LOG=FILE            appends `opened PATH` for every file opened to be read, `asked PATH` for
//                                  every one looked for
//   INTERPOSED_FAIL=N              the Nth opening of a file to be read finds no descriptor left
//   INTERPOSED_REPLACE=PATH=OTHER  puts OTHER in the place of PATH when PATH is about to be loaded, not by a
//                                  process that was forked to see what comes of it
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

#include "opening.hpp"

namespace {

using namespace faults;

const pid_t kProcess = getpid();

void note(const char* verb, const std::string& path) {
  const std::string log = variable("INTERPOSED_LOG");
  if (log.empty() || path.empty()) return;
  const std::string line = verb + (' ' + path) + '\n';
  const int file = open_raw(log, O_WRONLY | O_CREAT | O_APPEND);
  if (file < 0) return;
  write_raw(file, line.data(), line.size());
  close_raw(file);
}

bool ends_with(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

}  // namespace

bool faults::opening_fails(const std::string& path, int flags) {
  static std::atomic<int> count = 0;
  if ((flags & O_ACCMODE) == O_WRONLY) return false;
  note("opened", path);
  const std::string number = variable("INTERPOSED_FAIL");
  if (number.empty() || ++count != atoi(number.c_str())) return false;
  errno = EMFILE;
  return true;
}

extern "C" {

int stat(const char* path, struct stat* status) {
  note("asked", absolute(path));
  return next<int(const char*, struct stat*)>("stat")(path, status);
}
int lstat(const char* path, struct stat* status) {
  note("asked", absolute(path));
  return next<int(const char*, struct stat*)>("lstat")(path, status);
}
int access(const char* path, int mode) {
  note("asked", absolute(path));
  return next<int(const char*, int)>("access")(path, mode);
}

void* dlopen(const char* path, int flags) {
  const std::string pair = variable("INTERPOSED_REPLACE");
  const std::size_t equals = pair.find('=');
  if (getpid() == kProcess && path && equals != pair.npos && ends_with(path, pair.substr(0, equals)))
    rename(pair.substr(equals + 1).c_str(), path);
  return next<void*(const char*, int)>("dlopen")(path, flags);
}
}
