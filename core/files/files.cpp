// SPDX-License-Identifier: MIT
#include "files/files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <sstream>
#include <utility>

#include <fmt/chrono.h>

#include "spanlab/error.hpp"
#include "spanlab/input_file.hpp"

namespace spanlab {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void fail(const fs::path& file, const char* what, int error) {
  throw Error(ErrorKind::environment, file.string(), fmt::format("{}: {}", what, std::strerror(error)));
}

void write_all(int descriptor, std::string_view bytes, const fs::path& file) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail(file, "cannot write", errno);
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

}  // namespace

PendingFile::PendingFile(fs::path file)
    : file_(std::move(file)), temporary_(file_.parent_path() / fmt::format(".{}.{}", file_.filename().string(), getpid())) {
  descriptor_ = open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor_ < 0) fail(file_, "cannot write", errno);
}

PendingFile::~PendingFile() {
  if (descriptor_ >= 0) close(descriptor_);
  if (!placed_) unlink(temporary_.c_str());
}

void PendingFile::write(std::string_view bytes) { write_all(descriptor_, bytes, file_); }

void PendingFile::place(Durability durability) {
  if (durability == Durability::synced && fsync(descriptor_) != 0) fail(file_, "cannot write", errno);
  // Some file systems report a full disk only here.
  if (close(std::exchange(descriptor_, -1)) != 0) fail(file_, "cannot write", errno);
  if (rename(temporary_.c_str(), file_.c_str()) != 0) fail(file_, "cannot be replaced", errno);
  placed_ = true;
  if (durability == Durability::synced) sync_folder(file_.parent_path());
}

void replace_file(const fs::path& file, std::string_view bytes, Durability durability) {
  PendingFile pending(file);
  pending.write(bytes);
  pending.place(durability);
}

void append_line(const fs::path& file, std::string_view line) {
  const int descriptor = open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (descriptor < 0) fail(file, "cannot write", errno);
  try {
    write_all(descriptor, std::string(line) + '\n', file);
  } catch (...) {
    close(descriptor);
    throw;
  }
  close(descriptor);
}

std::string read_file(const fs::path& file) {
  InputFile in(file, ErrorKind::environment);
  std::ostringstream text;
  text << in.rdbuf();
  if (text.bad()) fail(file, "cannot read", errno);
  return text.str();
}

void make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) fail(folder, "cannot make this folder", error.value());
}

void remove_temporary_files(const fs::path& folder) {
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored)) {
    std::string name = entry.path().filename().string();
    if (name.starts_with('.') && entry.is_regular_file(ignored)) fs::remove(entry.path(), ignored);
  }
}

void sync_folder(const fs::path& folder) {
  int descriptor = open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) fail(folder, "cannot open", errno);
  fsync(descriptor);  // not every file system can; the rename is atomic all the same
  close(descriptor);
}

std::string utc_now() {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())));
}

}  // namespace spanlab
