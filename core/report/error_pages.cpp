// SPDX-License-Identifier: MIT
// The section on errors, as HTML and Markdown.
#include "report/errors.hpp"
#include "report/html_parts.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::host {
namespace {

std::string html_of(const ErrorTexts& table) {
  std::vector<HtmlColumn> columns;
  for (const std::string& column : table.columns) columns.push_back({column, !columns.empty()});
  std::vector<std::vector<std::string>> rows;
  for (const std::vector<std::string>& cells : table.cells) {
    std::vector<std::string>& row = rows.emplace_back();
    for (const std::string& cell : cells) row.push_back(html_text(cell));
  }
  return "<h3>" + html_text(table.title) + "</h3>\n" + html_table(table.title, columns, rows);
}

// Labels are free text: what Markdown reads as more is escaped.
std::string markdown_text(const std::string& text) {
  std::string escaped;
  for (const char c : printable(text)) {
    if (std::string_view("\\`*_[]<>|~#&").find(c) != std::string_view::npos) escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string markdown_of(const ErrorTexts& table) {
  std::string text = "### " + table.title + "\n\n|";
  for (const std::string& column : table.columns) text += " " + markdown_text(column) + " |";
  text += "\n|";
  for (std::size_t i = 0; i < table.columns.size(); ++i) text += i == 0 ? " --- |" : " ---: |";
  for (const std::vector<std::string>& cells : table.cells) {
    text += "\n|";
    for (const std::string& cell : cells) text += " " + markdown_text(cell) + " |";
  }
  return text + "\n\n";
}

}  // namespace

std::string html_errors(const ErrorSection& section) {
  if (section.rows.empty() && section.left_out.empty()) return "";
  std::string text = "<h2>Errors</h2>\n<p class=\"note\">" + std::string(kErrorsNote) + "</p>\n";
  for (const ErrorTexts& table : category_tables(section)) text += html_of(table);
  for (const RowErrors& row : section.rows) {
    std::string tables;
    for (const ErrorTexts& table : breakdown_tables(row)) tables += html_of(table);
    const std::string name = row.group.empty() ? row.label : row.label + ", " + row.group;
    text += html_details(name + ": by type, width, length, distance and mention", tables);
  }
  for (const std::string& reason : section.left_out)
    text += "<p class=\"note\">Left out: " + html_text(reason) + "</p>\n";
  return text;
}

std::string markdown_errors(const ErrorSection& section) {
  if (section.rows.empty() && section.left_out.empty()) return "";
  std::string text = "## Errors\n\n";
  for (const ErrorTexts& table : category_tables(section)) text += markdown_of(table);
  text += std::string(kErrorsNote) + "\n\n";
  for (const std::string& reason : section.left_out) text += "Left out: " + markdown_text(reason) + "\n\n";
  return text;
}

}  // namespace spanlab::host
