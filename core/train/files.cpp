// SPDX-License-Identifier: MIT
#include "train/files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "spanlab/error.hpp"

namespace spanlab {

namespace {

class OpenFile {
 public:
  OpenFile(std::filesystem::path file, int flags) : file_(std::move(file)), descriptor_(::open(file_.c_str(), flags | O_CLOEXEC, 0644)) {
    if (descriptor_ < 0) fail("cannot be opened for writing");
  }
  ~OpenFile() { ::close(descriptor_); }
  OpenFile(const OpenFile&) = delete;

  void write(const std::string& text) {
    for (std::size_t done = 0; done < text.size();) {
      const ssize_t count = ::write(descriptor_, text.data() + done, text.size() - done);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) fail("cannot be written");
      done += static_cast<std::size_t>(count);
    }
  }
  void sync() {
    if (::fsync(descriptor_) != 0) fail("cannot be written to the disk");
  }

 private:
  [[noreturn]] void fail(const char* what) const {
    throw Error(ErrorKind::environment, file_.string(), std::string(what) + ": " + std::strerror(errno));
  }

  std::filesystem::path file_;
  int descriptor_;
};

}  // namespace

void write_text(const std::filesystem::path& file, const std::string& text) {
  const std::filesystem::path temporary = file.string() + ".part";
  {
    OpenFile open(temporary, O_WRONLY | O_CREAT | O_TRUNC);
    open.write(text);
    open.sync();
  }
  std::filesystem::rename(temporary, file);
}

void append_line(const std::filesystem::path& file, const std::string& line) {
  OpenFile(file, O_WRONLY | O_CREAT | O_APPEND).write(line + "\n");
}

}  // namespace spanlab
