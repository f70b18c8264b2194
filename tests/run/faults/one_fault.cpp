// SPDX-License-Identifier: MIT
// Preloaded: in a trial's process the rename onto $SPANLAB_FAULT_FILE fails with EIO from the time number $SPANLAB_FAULT_FIRST on, as
// often as $SPANLAB_FAULT_COUNT says (else once). The file `fault` appears in the working folder when the last of them has been seen.
#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

namespace {

bool in_trial() {
  static const bool is_trial = [] {
    char line[4096];
    const int file = open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
    const ssize_t size = file < 0 ? 0 : read(file, line, sizeof line);
    if (file >= 0) close(file);
    return std::string(line, size > 0 ? static_cast<std::size_t>(size) : 0).find(std::string("\0trial\0", 7)) != std::string::npos;
  }();
  return is_trial;
}

int number(const char* name, int otherwise) {
  const char* text = std::getenv(name);
  return text ? std::atoi(text) : otherwise;
}

bool strikes(const char* file) {
  static std::atomic<int> seen{0};
  const char* wanted = std::getenv("SPANLAB_FAULT_FILE");
  if (!wanted || !in_trial() || std::string(file).find(wanted) == std::string::npos) return false;
  const int time = ++seen, first = number("SPANLAB_FAULT_FIRST", 1), end = first + number("SPANLAB_FAULT_COUNT", 1);
  if (time < first || time >= end) return false;
  if (time == end - 1) close(open("fault", O_WRONLY | O_CREAT | O_CLOEXEC, 0666));
  return true;
}

}  // namespace

extern "C" int rename(const char* from, const char* to) noexcept {
  static const auto real = reinterpret_cast<int (*)(const char*, const char*)>(dlsym(RTLD_NEXT, "rename"));
  if (!strikes(to)) return real(from, to);
  errno = EIO;
  return -1;
}
