// SPDX-License-Identifier: MIT
#include "spanlab/input_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace spanlab {

namespace {

constexpr decltype(std::declval<struct statfs>().f_type) kPipes =
    0x50495045;  // file system of pipes without a name

bool is_open_pipe(int descriptor, const struct stat& status) {
  struct statfs system{};
  return S_ISFIFO(status.st_mode) && fstatfs(descriptor, &system) == 0 && system.f_type == kPipes;
}

// Nothing for what can be read to an end.
const char* unreadable_kind(int descriptor) {
  struct stat status{};
  if (fstat(descriptor, &status) != 0) return "something unknown";
  if (S_ISREG(status.st_mode) || is_open_pipe(descriptor, status)) return nullptr;
  if (S_ISDIR(status.st_mode)) return "a folder";
  return S_ISFIFO(status.st_mode) ? "a named pipe" : "a device";
}

[[noreturn]] void refuse(const std::filesystem::path& file, int reason, ErrorKind otherwise) {
  if (reason == ENOENT) throw Error(otherwise, file.string(), "does not exist");
  if (reason == ENXIO) throw Error(otherwise, file.string(), "is a socket or a device, expected a file");
  throw Error(kind_of_refusal(reason, otherwise), file.string(),
              fmt::format("cannot be read: {}", std::strerror(reason)));
}

}  // namespace

ErrorKind kind_of_refusal(int reason, ErrorKind otherwise) {
  switch (reason) {
    case EMFILE:
    case ENFILE:
    case ENOMEM:
    case ENOBUFS:
    case EIO:
    case ESTALE:
      return ErrorKind::environment;
    default:
      return otherwise;
  }
}

int open_input(const std::filesystem::path& file, ErrorKind otherwise) {
  int descriptor = -1;
  // Without waiting: opening a named pipe would wait for a writer.
  do descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  while (descriptor < 0 && errno == EINTR);
  if (descriptor < 0) refuse(file, errno, otherwise);
  if (const char* kind = unreadable_kind(descriptor)) {
    ::close(descriptor);
    throw Error(otherwise, file.string(), fmt::format("is {}, expected a file", kind));
  }
  ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) & ~O_NONBLOCK);
  return descriptor;
}

void check_input(const std::filesystem::path& file, ErrorKind otherwise) {
  ::close(open_input(file, otherwise));
}

bool check_input(const std::filesystem::path& file, std::vector<Problem>& problems) {
  try {
    check_input(file);
    return true;
  } catch (const Error& refusal) {
    if (refusal.kind() == ErrorKind::environment) throw;
    problems.insert(problems.end(), refusal.problems().begin(), refusal.problems().end());
    return false;
  }
}

class InputFile::Buffer : public std::streambuf {
 public:
  Buffer(const std::filesystem::path& file, ErrorKind otherwise)
      : file_(file), descriptor_(open_input(file, otherwise)), bytes_(std::size_t{1} << 16) {}
  ~Buffer() override { ::close(descriptor_); }

 protected:
  int_type underflow() override {
    ssize_t count = 0;
    do count = ::read(descriptor_, bytes_.data(), bytes_.size());
    while (count < 0 && errno == EINTR);
    if (count < 0) {
      throw Error(ErrorKind::environment, file_.string(),
                  fmt::format("cannot be read to its end: {}", std::strerror(errno)));
    }
    setg(bytes_.data(), bytes_.data(), bytes_.data() + count);
    return count == 0 ? traits_type::eof() : traits_type::to_int_type(bytes_.front());
  }

 private:
  std::filesystem::path file_;
  int descriptor_;
  std::vector<char> bytes_;
};

InputFile::InputFile(const std::filesystem::path& file, ErrorKind otherwise)
    : std::istream(nullptr), buffer_(std::make_unique<Buffer>(file, otherwise)) {
  rdbuf(buffer_.get());
  exceptions(std::ios::badbit);
}

InputFile::~InputFile() = default;

}  // namespace spanlab
