// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace spanlab::host::app {

struct NewStudyOptions {
  std::string name;                   ///< of the study, and of its file without `.lua`
  std::optional<std::string> folder;  ///< made if need be; else the current one
};

/// Writes the script of a study to begin with, which plans and runs as it is, and gives its path. Throws
/// Error(usage) if no study may have the name, or a file of the name is there.
std::filesystem::path write_new_study(const NewStudyOptions& options);

}  // namespace spanlab::host::app
