// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "app/places.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host::app {

/// `spanlab` and these words as they can be copied into bash, with the options that decide what is found:
/// --data-path, --plugin-path, --runs.
SPANLAB_API std::string printed_command(const Places& places, std::vector<std::string> words);

/// --data-path and --plugin-path as words of another command line.
std::vector<std::string> search_words(const Places& places);

/// A message in which every `spanlab COMMAND` between backquotes has these options as well: what makes
/// messages does not know them.
SPANLAB_API std::string with_options(const Places& places, std::string message);

}  // namespace spanlab::host::app
