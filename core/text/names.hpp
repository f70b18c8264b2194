// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "spanlab/export.hpp"

namespace spanlab::host {

/// What people give names to that become more than a label: a folder or part of a file's name, the beginning
/// of a path (`entity.depth`, `sci.entity.f1`), a word of the command line. The last three are free text.
enum class Named { study, task, view, split, card, ablation, variant, profile };

/// `study`, `task`, …, as messages say it.
SPANLAB_API std::string_view to_text(Named kind);

/// The most bytes that a name may have; a file's name holds two of the first kind and a suffix. The second is
/// of free text.
inline constexpr std::size_t kLongestName = 100;
inline constexpr std::size_t kLongestText = 1000;

/// What is wrong with the name and what is expected, as `task "a.b": expected a name without '.'…`; empty if
/// it may stand. Every name is UTF-8 and not empty; what is no free text has at most kLongestName bytes, no
/// control character, no '/', and is not `.` or `..`.
SPANLAB_API std::string wrong_name(Named kind, std::string_view name);

}  // namespace spanlab::host
