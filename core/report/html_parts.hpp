// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/lines.hpp"

// Parts that every section of the HTML page is put together from.

namespace spanlab::host {

/// `text` as the content of an element or of an attribute between double quotes.
std::string html_text(std::string_view text);

/// `<dl>`: what something is called, and what is said of it.
std::string html_lines(const Lines& lines);

/// A column of a plain table: its heading, and whether it holds numbers, which stand right.
struct HtmlColumn {
  std::string heading;
  bool numbers = false;
};

/// A table in a box of its own, which may scroll sideways and is then reached by the Tab key. `caption` says
/// what it holds, for screen readers alone; `rows` are HTML, a cell per column; the first names its row.
std::string html_table(std::string_view caption, const std::vector<HtmlColumn>& columns,
                       const std::vector<std::vector<std::string>>& rows);

/// The box around a wide table, for a table that is made elsewhere.
std::string html_wide(std::string_view caption, std::string_view table);

/// What folds out below `summary` (text, not HTML).
std::string html_details(std::string_view summary, std::string_view content);

}  // namespace spanlab::host
