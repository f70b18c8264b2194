// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string_view>

#include "spanlab/export.hpp"

namespace spanlab::host {

/// A folder that appears under its name when it is complete, and not at all otherwise. What is there already
/// is never changed.
class SPANLAB_API NewFolder {
 public:
  /// Throws Error(usage) if `target` exists and is not an empty folder; `place` names it in the message.
  NewFolder(const std::filesystem::path& target, std::string_view place);
  ~NewFolder();
  NewFolder(const NewFolder&) = delete;
  NewFolder& operator=(const NewFolder&) = delete;

  /// `file` is a path below the folder. Throws Error(environment).
  void write(const std::filesystem::path& file, std::string_view text);
  /// Puts the folder in its place. Throws Error(environment), also where something has come there meanwhile.
  void keep();

 private:
  std::filesystem::path target_;
  std::filesystem::path draft_;
};

}  // namespace spanlab::host
