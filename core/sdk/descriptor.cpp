// SPDX-License-Identifier: MIT
#include "sdk/descriptor.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "spanlab/error.hpp"

namespace spanlab {

void refuse(const std::filesystem::path& file, const char* what, int reason) {
  throw Error(ErrorKind::environment, file.string(), fmt::format("{}: {}", what, std::strerror(reason)));
}

void write_all(int descriptor, std::string_view bytes, const std::filesystem::path& file) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) refuse(file, "cannot write", errno);
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

// Some file systems report a full disk or a broken one only here. Interrupted, it is closed all the same.
void close_written(int descriptor, const std::filesystem::path& file) {
  if (close(descriptor) != 0 && errno != EINTR) refuse(file, "cannot write", errno);
}

}  // namespace spanlab
