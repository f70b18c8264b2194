// SPDX-License-Identifier: MIT
#include "report/html_parts.hpp"

#include "text/terminal_text.hpp"

namespace spanlab::host {
namespace {

std::string cell(const char* element, const HtmlColumn& column, std::string_view content) {
  const std::string_view tag(element);
  const std::string_view attribute = column.numbers ? " class=\"number\"" : "";
  return fmt::format("<{}{}>{}</{}>", element, attribute, content, tag.substr(0, tag.find(' ')));
}

}  // namespace

std::string html_text(std::string_view text) {
  std::string result;
  for (char c : printable(text)) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string html_lines(const Lines& lines) {
  std::string text = "<dl class=\"lines\">\n";
  for (const auto& [name, value] : lines)
    text += "<div><dt>" + html_text(name) + "</dt><dd>" + html_text(value) + "</dd></div>\n";
  return text + "</dl>\n";
}

std::string html_table(std::string_view caption, const std::vector<HtmlColumn>& columns,
                       const std::vector<std::vector<std::string>>& rows) {
  std::string text =
      fmt::format("<table class=\"results\">\n<caption>{}</caption>\n<thead><tr>", html_text(caption));
  for (const HtmlColumn& column : columns)
    text += cell("th scope=\"col\"", column, html_text(column.heading));
  text += "</tr></thead>\n<tbody>\n";
  for (const std::vector<std::string>& row : rows) {
    text += "<tr>";
    for (std::size_t i = 0; i < row.size(); ++i)
      text += cell(i == 0 ? "th scope=\"row\"" : "td", columns.at(i), row[i]);
    text += "</tr>\n";
  }
  return html_wide(caption, text + "</tbody></table>");
}

std::string html_wide(std::string_view caption, std::string_view table) {
  return fmt::format("<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"{}\">{}</div>\n",
                     html_text(caption), table);
}

std::string html_details(std::string_view summary, std::string_view content) {
  return fmt::format("<details><summary>{}</summary>\n{}</details>\n", html_text(summary), content);
}

}  // namespace spanlab::host
