// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "spanlab/export.hpp"

namespace spanlab::host {

/// `text` as one word for bash: as it is where that can be, else in quotes; control characters and bytes that
/// are no UTF-8 as escapes of `$'…'`, so that the word can be shown on a terminal and copied from it.
SPANLAB_API std::string shell_word(std::string_view text);

/// Words of a command line as bash takes them, joined by blanks.
SPANLAB_API std::string shell_line(const std::vector<std::string>& words);

/// A path that is no option of a command: one that begins with a hyphen gets `./` in front.
SPANLAB_API std::string path_word(const std::filesystem::path& path);

/// ` --runs DIR`, or nothing for the run store that commands take without it. For suggested commands.
SPANLAB_API std::string runs_words(const std::filesystem::path& runs);

}  // namespace spanlab::host
