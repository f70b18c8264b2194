// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "spanlab/export.hpp"

namespace spanlab {

/// The bytes of a 64-bit ELF file of this machine's kind, mapped and read without loading it.
class SPANLAB_API ElfFile {
 public:
  /// Throws Error(plugin) saying what is wrong: missing, unreadable, not an ELF file, of another machine, truncated.
  explicit ElfFile(const std::filesystem::path& file);

  /// Content of the section, empty if there is none.
  std::string_view section(std::string_view name) const;

  /// Hash of what is loaded into memory, without the parts that differ when only debug information does: the file's header,
  /// the table of segments and the notes (build id).
  std::string segments_hash() const;

 private:
  void check() const;
  template <typename T>
  std::span<const T> table(std::size_t offset, std::size_t count, std::size_t entry, const char* what) const;
  std::string_view range(std::size_t offset, std::size_t size, const char* what) const;
  [[noreturn]] void refuse(const std::string& reason) const;

  std::filesystem::path file_;
  std::shared_ptr<const char> memory_;
  std::string_view bytes_;
};

}  // namespace spanlab
