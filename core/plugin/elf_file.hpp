// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "spanlab/export.hpp"

namespace spanlab::host {

/// The bytes of a 64-bit ELF file of this machine's kind, read without loading it.
class SPANLAB_API ElfFile {
 public:
  /// Throws Error(plugin) saying what is wrong: missing, unreadable, no regular file, not an ELF file, of
  /// another machine, truncated, or longer than its own tables say. Throws Error(environment) as open_input
  /// does.
  explicit ElfFile(const std::filesystem::path& file);
  ElfFile(const ElfFile&) = delete;
  ElfFile& operator=(const ElfFile&) = delete;

  /// Content of the section, empty if there is none.
  std::string_view section(std::string_view name) const;
  /// Where `part` of a section's content lies in the file.
  std::size_t offset_of(std::string_view part) const {
    return static_cast<std::size_t>(part.data() - bytes_.data());
  }

  /// Hash of what is loaded into memory, without the parts that differ when only debug information does: the
  /// file's header, the table of segments and the notes (build id); and without `left_out`.
  std::string segments_hash(std::string_view left_out) const;

  /// Hash of all that a loader goes by: the segments' places, rights and sizes, and what is loaded, notes
  /// included. Only `left_out`, where the hash itself stands, does not count. `strip` does not change it.
  std::string checksum(std::string_view left_out) const;

  /// Whether the file's name still means the file that was read, with the same bytes.
  bool is_unchanged() const;

 private:
  struct Identity {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    bool operator==(const Identity&) const = default;
  };
  using Range = std::pair<std::size_t, std::size_t>;

  static std::string read(const std::filesystem::path& file, Identity& identity);
  void check() const;
  void check_end() const;
  std::string loaded(std::vector<Range> skipped) const;
  Range range_of(std::string_view part) const { return {offset_of(part), offset_of(part) + part.size()}; }
  template <typename T>
  std::span<const T> table(std::size_t offset, std::size_t count, std::size_t entry, const char* what) const;
  std::string_view range(std::size_t offset, std::size_t size, const char* what) const;
  [[noreturn]] void refuse(const std::string& reason) const;

  std::filesystem::path file_;
  Identity identity_;
  std::string memory_;
  std::string_view bytes_;
};

}  // namespace spanlab::host
