// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "spanlab/export.hpp"

namespace spanlab::host {

/// The name of a file for something that may have any name: other names have other file names, also where a
/// file system does not tell capitals from small letters. Small letters, digits and `_`, `.`, `-`, `+` stay
/// as they are (`train-1`), a capital is `~` and its small letter (`~loc` for `Loc`), any other byte, and a
/// dot or hyphen in front, `~` and its number (`a~047b` for `a/b`); no name at all is `~`. At most 200 bytes:
/// what is longer is cut, and ends in `~~` and a part of its SHA-256.
SPANLAB_API std::string file_name_of(std::string_view name);

/// The same of several names, joined by `separator`, which no name keeps: other names, or the same divided
/// otherwise, differ.
SPANLAB_API std::string file_name_of(const std::vector<std::string>& names, char separator);

}  // namespace spanlab::host
