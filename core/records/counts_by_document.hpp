// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>

#include "evaluate/counts_by_document.hpp"

namespace spanlab::host {

/// {"unit": "document", "documents": ["a", …], "scores": {"entity": {"types": ["Peop", …], "counts":
/// [[document, type, correct, predicted, gold], …]}}}, numbers counting from 0.
SPANLAB_API std::string counts_text(const CountsByDocument& counts);

/// What `counts_text` wrote. Throws Error(data) with `place` and what is wrong.
SPANLAB_API CountsByDocument read_counts_text(std::string_view text, const std::filesystem::path& place);

/// The same as a file. Reading throws Error(environment or data), writing Error(environment).
SPANLAB_API void write_counts(const CountsByDocument& counts, const std::filesystem::path& file);
SPANLAB_API CountsByDocument read_counts(const std::filesystem::path& file);

}  // namespace spanlab::host
