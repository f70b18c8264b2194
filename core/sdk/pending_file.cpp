// SPDX-License-Identifier: MIT
#include "sdk/pending_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/random.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <utility>

#include "sdk/descriptor.hpp"

namespace spanlab {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kTemporary = ".tmp-";
constexpr std::size_t kRandomDigits = 16;

bool is_temporary(std::string_view name) {
  if (!name.starts_with('.') || name.size() < kTemporary.size() + kRandomDigits) return false;
  const std::string_view digits = name.substr(name.size() - kRandomDigits);
  name.remove_suffix(kRandomDigits);
  return name.ends_with(kTemporary) && digits.find_first_not_of("0123456789abcdef") == digits.npos;
}

// Whether the process that writes it lives. `file` need not be writable.
bool is_being_written(const fs::path& file) {
  const int descriptor = open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (descriptor < 0) return errno != ENOENT;
  struct flock range = lock_range(0, 0);
  const bool held = fcntl(descriptor, F_OFD_GETLK, &range) != 0 || range.l_type != F_UNLCK;
  close(descriptor);
  return held;
}

}  // namespace

fs::path temporary_name(const fs::path& file) {
  std::uint64_t number = 0;
  if (getrandom(&number, sizeof number, 0) != sizeof number) refuse(file, "no random numbers", errno);
  constexpr std::size_t kLongest = 255 - 1 - kTemporary.size() - kRandomDigits;  // of the file's own name
  const std::string name = file.filename().string();
  const std::string part = name.size() > kLongest ? std::string() : '.' + name;
  return file.parent_path() / fmt::format("{}{}{:0{}x}", part, kTemporary, number, kRandomDigits);
}

PendingFile::PendingFile(fs::path file) : file_(std::move(file)) {
  do {
    temporary_ = temporary_name(file_);
    descriptor_ = open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  } while (descriptor_ < 0 && errno == EEXIST);
  if (descriptor_ < 0) refuse(file_, "cannot write", errno);
  struct flock range = lock_range(0, 0);
  fcntl(descriptor_, F_OFD_SETLK, &range);  // says that it is no leftover, where there are locks
}

PendingFile::~PendingFile() {
  if (descriptor_ >= 0) close(descriptor_);
  if (!placed_) unlink(temporary_.c_str());
}

void PendingFile::write(std::string_view bytes) { write_all(descriptor_, bytes, file_); }

void PendingFile::sync() {
  if (fsync(descriptor_) != 0) refuse(file_, "cannot write", errno);
}

void PendingFile::place(Durability durability) {
  if (durability == Durability::synced) sync();
  close_written(std::exchange(descriptor_, -1), file_);
  if (rename(temporary_.c_str(), file_.c_str()) != 0) refuse(file_, "cannot be replaced", errno);
  placed_ = true;
  if (durability == Durability::synced) sync_folder(file_.parent_path());
}

void replace_file(const fs::path& file, std::string_view bytes, Durability durability) {
  PendingFile pending(file);
  pending.write(bytes);
  pending.place(durability);
}

void remove_temporary_files(const fs::path& folder) {
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored)) {
    if (!is_temporary(entry.path().filename().string()) || !entry.is_regular_file(ignored)) continue;
    if (!is_being_written(entry.path())) fs::remove(entry.path(), ignored);
  }
}

void sync_folder(const fs::path& folder) {
  const int descriptor = open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0 && errno == EACCES) return;  // it may be written to, but not opened
  if (descriptor < 0) refuse(folder, "cannot open", errno);
  const int reason = fsync(descriptor) == 0 ? 0 : errno;
  close(descriptor);
  // Where folders cannot be synced, a rename is atomic all the same.
  const bool cannot = reason == EINVAL || reason == ENOTSUP || reason == ENOSYS;
  if (reason != 0 && !cannot) refuse(folder, "cannot write", reason);
}

}  // namespace spanlab
