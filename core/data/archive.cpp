// SPDX-License-Identifier: MIT
#include "data/archive.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <memory>

#include "spanlab/input_file.hpp"

namespace spanlab {

namespace fs = std::filesystem;

namespace {

using Archive = std::unique_ptr<struct archive, decltype(&archive_read_free)>;

// False where the archive ends before the file does.
bool read_member(struct archive* archive, std::string& bytes) {
  char buffer[1 << 16];
  la_ssize_t count = 0;
  while ((count = archive_read_data(archive, buffer, sizeof(buffer))) > 0) bytes.append(buffer, static_cast<std::size_t>(count));
  return count == 0;
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
  struct archive_entry* entry = nullptr;
  int status = ARCHIVE_OK;
  while ((status = archive_read_next_header(archive.get(), &entry)) == ARCHIVE_OK) {
    const bool raw = archive_format(archive.get()) == ARCHIVE_FORMAT_RAW;
    if (!raw && archive_entry_filetype(entry) != AE_IFREG) continue;
    members.push_back({raw ? file.filename().string() : archive_entry_pathname(entry), ""});
    if (!read_member(archive.get(), members.back().bytes)) break;
  }
  if (status != ARCHIVE_EOF) fail();
  std::ranges::sort(members, {}, &ArchiveMember::name);
  return members;
}

}  // namespace spanlab
