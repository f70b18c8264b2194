// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>

namespace spanlab::host {

/// Loads the libraries one after the other, and lets them register, in a process that is thrown away. Of
/// those that end it, or do not come to an end, why they must not be loaded here. What a library throws is no
/// reason: it can be caught here as well.
std::map<std::filesystem::path, std::string> dangers_of_loading(std::span<const std::filesystem::path> files);

}  // namespace spanlab::host
