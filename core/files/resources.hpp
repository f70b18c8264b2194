// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string_view>

#include "spanlab/export.hpp"

namespace spanlab::host {

/// The folder that holds `datasets/` (cards) and `scripts/` (shared Lua modules): the checkout for a library
/// in one of its build folders, else `PREFIX/share/spanlab`. Found from the place of libspanlab itself, so
/// that the program, tests and other programs that link it see the same. Throws Error(environment) if there
/// is none.
SPANLAB_API std::filesystem::path resource_folder();

/// `$variable/spanlab`, or `fallback` below the home folder: `user_folder("XDG_CACHE_HOME", ".cache")`. Empty
/// without a home.
SPANLAB_API std::filesystem::path user_folder(const char* variable, std::string_view fallback);

}  // namespace spanlab::host
