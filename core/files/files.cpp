// SPDX-License-Identifier: MIT
#include "files/files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>

#include <fmt/chrono.h>

#include "sdk/descriptor.hpp"
#include "spanlab/error.hpp"
#include "spanlab/input_file.hpp"

namespace spanlab::host {

namespace fs = std::filesystem;

void append_line(const fs::path& file, std::string_view line) {
  const int descriptor = open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (descriptor < 0) refuse(file, "cannot write", errno);
  try {
    write_all(descriptor, std::string(line) + '\n', file);
  } catch (...) {
    close(descriptor);
    throw;
  }
  close_written(descriptor, file);
}

std::string read_file(const fs::path& file) {
  const int descriptor = open_input(file, ErrorKind::environment);
  std::string text;
  std::array<char, 1 << 16> part;
  ssize_t count = 0;
  while ((count = read(descriptor, part.data(), part.size())) != 0) {
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) break;
    text.append(part.data(), static_cast<std::size_t>(count));
  }
  const int reason = errno;
  close(descriptor);
  if (count < 0) refuse(file, "cannot read", reason);
  return text;
}

void make_folder(const fs::path& folder) {
  std::error_code error;
  if (folder.empty() || fs::is_directory(folder, error)) return;
  const fs::path above = folder.parent_path();
  if (above != folder) make_folder(above);
  const bool made = fs::create_directory(folder, error);
  if (error == std::errc::file_exists) error = std::make_error_code(std::errc::not_a_directory);
  if (error) refuse(folder, "cannot make this folder", error.value());
  if (made) sync_folder(above);
}

void sync_file(const fs::path& file) {
  const int descriptor = open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) refuse(file, "cannot open", errno);
  const int reason = fsync(descriptor) == 0 ? 0 : errno;
  close(descriptor);
  if (reason != 0) refuse(file, "cannot write", reason);
}

void check_writable(const fs::path& root) {
  make_folder(root);
  remove_temporary_files(root);  // of probes that were killed
  PendingFile probe(root / "probe");
  probe.write(std::string(1 << 16, '\0'));
  probe.sync();
}

std::string utc_now() {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())));
}

}  // namespace spanlab::host
