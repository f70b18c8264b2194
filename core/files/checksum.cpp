// SPDX-License-Identifier: MIT
#include "files/checksum.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <memory>
#include <vector>

#include "files/resources.hpp"
#include "spanlab/error.hpp"
#include "spanlab/input_file.hpp"

namespace spanlab::host {

namespace fs = std::filesystem;

namespace {

class Sha256 {
 public:
  Sha256() : context_(EVP_MD_CTX_new(), &EVP_MD_CTX_free) {
    EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr);
  }
  void add(std::string_view bytes) { EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()); }
  std::string hex() {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    EVP_DigestFinal_ex(context_.get(), digest, &size);
    std::string text;
    for (unsigned int i = 0; i < size; ++i) text += fmt::format("{:02x}", digest[i]);
    return text;
  }

 private:
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

// Small files are hashed faster than the memory is read.
constexpr off_t kWorthRemembering = 1 << 20;

fs::path memory_file() {
  fs::path folder = user_folder("XDG_CACHE_HOME", ".cache");
  return folder.empty() ? folder : folder / "sha256";
}

// What must be equal for a remembered sum to hold. Times of content can be set at will, but not the inode's
// own (ctime), and a file that is put in another's place has another inode.
std::string fingerprint(const fs::path& file, const struct stat& status) {
  const auto time = [](const timespec& t) { return fmt::format("{}.{:09}", t.tv_sec, t.tv_nsec); };
  return fmt::format("{} {} {} {} {} {}", status.st_size, status.st_dev, status.st_ino, time(status.st_mtim),
                     time(status.st_ctim), fs::canonical(file).string());
}

// A file changed within the last seconds could change again without a new time, be the file system's clock as
// coarse as any.
bool is_settled(const struct stat& status) {
  constexpr std::time_t kCoarsest = 3;
  return std::time(nullptr) - std::max(status.st_mtim.tv_sec, status.st_ctim.tv_sec) > kCoarsest;
}

std::string recall(const std::string& print) {
  std::string sum;
  try {
    InputFile stream(memory_file());
    for (std::string line; std::getline(stream, line);) {
      if (line.size() > 65 && line.compare(65, std::string::npos, print) == 0) sum = line.substr(0, 64);
    }
  } catch (const Error&) {  // nothing is remembered yet, or not to be had
  }
  return sum;
}

// Appended in one write, so that processes do not cut into each other's lines. A cache that cannot be written
// is no error.
void remember(const std::string& sum, const std::string& print) {
  const fs::path file = memory_file();
  if (file.empty()) return;
  std::error_code ignored;
  fs::create_directories(file.parent_path(), ignored);
  int descriptor = open(file.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0644);
  if (descriptor < 0) return;
  const std::string line = sum + ' ' + print + '\n';
  [[maybe_unused]] auto written = write(descriptor, line.data(), line.size());
  close(descriptor);
}

}  // namespace

std::string sha256_of(std::string_view bytes) {
  Sha256 hash;
  hash.add(bytes);
  return hash.hex();
}

std::string sha256_of_file(const fs::path& file) {
  InputFile stream(file);
  Sha256 hash;
  std::vector<char> buffer(1 << 18);
  while (stream) {
    stream.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    hash.add({buffer.data(), static_cast<std::size_t>(stream.gcount())});
  }
  return hash.hex();
}

std::string remembered_sha256_of_file(const fs::path& file) {
  struct stat status{};
  const bool memorable = stat(file.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
                         status.st_size >= kWorthRemembering && is_settled(status);
  if (!memorable) return sha256_of_file(file);
  const std::string print = fingerprint(file, status);
  std::string sum = recall(print);
  if (!sum.empty()) return sum;
  sum = sha256_of_file(file);
  struct stat after{};
  // Not if it changed while it was read; and a line of the memory is one line.
  const bool same = stat(file.c_str(), &after) == 0 && fingerprint(file, after) == print;
  if (same && print.find('\n') == std::string::npos) remember(sum, print);
  return sum;
}

}  // namespace spanlab::host
