// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "spanlab/export.hpp"

namespace spanlab::host {

/// Words of a template and what stands in their place.
using TemplateWords = std::vector<std::pair<std::string, std::string>>;

/// A file of something new: its path below the new folder, and what it holds.
struct NewFile {
  std::filesystem::path path;
  std::string text;
};

/// All files below `folder`, by path, with the words replaced in names and contents. The line with this
/// repository's licence is left out, for what is made of a template is its user's own. Throws
/// Error(environment) if the folder is not there or holds nothing.
SPANLAB_API std::vector<NewFile> read_template(const std::filesystem::path& folder,
                                               const TemplateWords& words);

}  // namespace spanlab::host
