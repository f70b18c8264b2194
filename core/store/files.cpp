// SPDX-License-Identifier: MIT
#include "store/files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <sstream>

#include <fmt/chrono.h>

#include "spanlab/error.hpp"

namespace spanlab {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void fail(const fs::path& file, const char* what, int error) {
  throw Error(ErrorKind::environment, file.string(), fmt::format("{}: {}", what, std::strerror(error)));
}

// A file being written; removed again unless it was kept.
class Draft {
 public:
  Draft(const fs::path& name, const fs::path& target) : name_(name), target_(target) {
    descriptor_ = open(name.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor_ < 0) fail(target, "cannot write", errno);
  }
  ~Draft() {
    if (descriptor_ >= 0) close(descriptor_);
    if (!kept_) unlink(name_.c_str());
  }
  Draft(const Draft&) = delete;

  void write_all(std::string_view bytes) {
    while (!bytes.empty()) {
      ssize_t count = ::write(descriptor_, bytes.data(), bytes.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) fail(target_, "cannot write", errno);
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
  }
  void sync() {
    if (fsync(descriptor_) != 0) fail(target_, "cannot write", errno);
  }
  // Some file systems report a full disk only here.
  void keep() {
    int descriptor = std::exchange(descriptor_, -1);
    if (close(descriptor) != 0) fail(target_, "cannot write", errno);
    if (rename(name_.c_str(), target_.c_str()) != 0) fail(target_, "cannot be replaced", errno);
    kept_ = true;
  }

 private:
  fs::path name_;
  fs::path target_;
  int descriptor_ = -1;
  bool kept_ = false;
};

}  // namespace

void replace_file(const fs::path& file, std::string_view bytes, Durability durability) {
  Draft draft(file.parent_path() / fmt::format(".{}.{}", file.filename().string(), getpid()), file);
  draft.write_all(bytes);
  if (durability == Durability::synced) draft.sync();
  draft.keep();
  if (durability == Durability::synced) sync_folder(file.parent_path());
}

std::string read_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) fail(file, "cannot read", errno);
  std::ostringstream text;
  text << in.rdbuf();
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
  int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) fail(folder, "cannot open", errno);
  fsync(descriptor);  // not every file system can; the rename is atomic all the same
  close(descriptor);
}

std::string utc_now() {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())));
}

}  // namespace spanlab
