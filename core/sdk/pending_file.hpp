// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string_view>

#include "spanlab/export.hpp"

namespace spanlab {

/// Whether a file must have reached the disk when the call returns, or may be lost with the machine's power.
enum class Durability { quick, synced };

/// A file that is written under a temporary name beside it and appears under its own when it is complete:
/// whoever reads sees the old or the new content, never a part. Every function throws Error(environment) with
/// the system's reason; the old file stays then, and what was written is removed.
class SPANLAB_API PendingFile {
 public:
  explicit PendingFile(std::filesystem::path file);
  ~PendingFile();
  PendingFile(const PendingFile&) = delete;
  PendingFile& operator=(const PendingFile&) = delete;

  void write(std::string_view bytes);
  /// Makes what was written so far durable, under its temporary name.
  void sync();
  /// Puts the file in place. Nothing may be written after it.
  void place(Durability durability);

 private:
  std::filesystem::path file_;
  std::filesystem::path temporary_;
  int descriptor_ = -1;
  bool placed_ = false;
};

/// Replaces `file` as a whole by `bytes`, as PendingFile does.
SPANLAB_API void replace_file(const std::filesystem::path& file, std::string_view bytes,
                              Durability durability);

/// A name beside `file` for what is to become it: `.NAME.tmp-` and sixteen random digits, since processes on
/// other machines and in other containers may have the same number. It has to be created exclusively.
SPANLAB_API std::filesystem::path temporary_name(const std::filesystem::path& file);

/// Removes the temporary files that killed processes left in `folder`; those of living ones stay.
SPANLAB_API void remove_temporary_files(const std::filesystem::path& folder);

/// Makes a rename or a new name in `folder` durable. Throws Error(environment); a file system that cannot do
/// it for folders is no error.
SPANLAB_API void sync_folder(const std::filesystem::path& folder);

}  // namespace spanlab
