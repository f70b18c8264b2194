// SPDX-License-Identifier: MIT
#include "scirex/archive.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "spanlab/input_file.hpp"

namespace spanlab {

namespace fs = std::filesystem;

namespace {

using Archive = std::unique_ptr<struct archive, decltype(&archive_read_free)>;

// What may still be unpacked.
class Allowance {
 public:
  explicit Allowance(const fs::path& file) {
    std::error_code error;
    const auto packed = fs::file_size(file, error);
    left_ = kUnpackedAtLeast + (error ? 0 : kUnpackedPerByte * packed);
  }
  /// False where this much is more than is left.
  bool take(std::uint64_t bytes) {
    if (bytes > left_) return false;
    left_ -= bytes;
    return true;
  }

 private:
  std::uint64_t left_ = 0;
};

enum class Reading { whole, cut_short, too_large };

Reading read_member(struct archive* archive, std::string& bytes, Allowance& allowance) {
  constexpr std::uint64_t kOfAMember = 512;  // a member without content takes memory too
  if (!allowance.take(kOfAMember)) return Reading::too_large;
  char buffer[1 << 16];
  la_ssize_t count = 0;
  while ((count = archive_read_data(archive, buffer, sizeof(buffer))) > 0) {
    if (!allowance.take(static_cast<std::uint64_t>(count))) return Reading::too_large;
    bytes.append(buffer, static_cast<std::size_t>(count));
  }
  return count == 0 ? Reading::whole : Reading::cut_short;
}

// A name in other letters than the locale's is one all the same.
std::string name_of(struct archive_entry* entry, std::size_t number) {
  for (const char* name : {archive_entry_pathname_utf8(entry), archive_entry_pathname(entry)}) {
    if (name) return name;
  }
  return fmt::format("member {}", number + 1);
}

}  // namespace

std::vector<ArchiveMember> read_archive(const fs::path& file, std::vector<Problem>& problems) {
  std::vector<ArchiveMember> members;
  if (!check_input(file, problems)) return members;
  Archive archive(archive_read_new(), &archive_read_free);
  archive_read_support_filter_gzip(archive.get());
  archive_read_support_format_tar(archive.get());
  archive_read_support_format_raw(archive.get());
  archive_read_support_format_empty(archive.get());
  auto fail = [&] {
    const char* reason = archive_error_string(archive.get());
    problems.push_back({file.string(), std::string("cannot be unpacked: ") + (reason ? reason : "damaged")});
  };
  if (archive_read_open_filename(archive.get(), file.c_str(), 1 << 16) != ARCHIVE_OK) {
    fail();
    return members;
  }
  Allowance allowance(file);
  struct archive_entry* entry = nullptr;
  int status = ARCHIVE_OK;
  // A warning is about a name or a date.
  while ((status = archive_read_next_header(archive.get(), &entry)) == ARCHIVE_OK || status == ARCHIVE_WARN) {
    const bool raw = archive_format(archive.get()) == ARCHIVE_FORMAT_RAW;
    if (!raw && archive_entry_filetype(entry) != AE_IFREG) continue;
    members.push_back({raw ? file.filename().string() : name_of(entry, members.size()), ""});
    const Reading reading = read_member(archive.get(), members.back().bytes, allowance);
    if (reading == Reading::too_large) {
      problems.push_back(
          {file.string(), fmt::format("unpacks to more than {} times its size: no data are packed so densely",
                                      kUnpackedPerByte)});
      return {};
    }
    if (reading == Reading::cut_short) break;
  }
  if (status != ARCHIVE_EOF) fail();
  std::ranges::sort(members, {}, &ArchiveMember::name);
  return members;
}

}  // namespace spanlab
