// SPDX-License-Identifier: MIT
#include "data/write_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "spanlab/error.hpp"

namespace spanlab {

namespace fs = std::filesystem;

void write_file(const fs::path& file, std::string_view bytes) {
  const std::string temporary = file.string() + fmt::format(".{}", getpid());
  auto fail = [&](const char* what) {
    const int reason = errno;
    unlink(temporary.c_str());
    throw Error(ErrorKind::environment, file.string(), fmt::format("{}: {}", what, std::strerror(reason)));
  };
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  const int descriptor = open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (descriptor < 0) fail("cannot be written");
  bool good = true;
  while (good && !bytes.empty()) {
    const ssize_t written = write(descriptor, bytes.data(), bytes.size());
    good = written > 0 || (written < 0 && errno == EINTR);
    if (written > 0) bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  good = good && fsync(descriptor) == 0;
  const int reason = errno;
  if (close(descriptor) != 0 || !good) {
    if (!good) errno = reason;
    fail("cannot be written");
  }
  if (rename(temporary.c_str(), file.c_str()) != 0) fail("cannot be replaced");
}

}  // namespace spanlab
