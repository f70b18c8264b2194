// SPDX-License-Identifier: MIT
#include "report/html_charts.hpp"
#include "report/html_parts.hpp"
#include "report/html_tables.hpp"
#include "report/page.hpp"
#include "report/warnings.hpp"
#include "report/writers.hpp"

namespace spanlab::host {
namespace {

std::string warnings(const Report& report) {
  std::string text;
  for (const std::string& warning : result_warnings(report.metrics, report.tables))
    text += "<p class=\"warning\" role=\"note\"><strong>Beware:</strong> " + html_text(warning) + "</p>\n";
  return text;
}

/// So many stand on the page; the others can be opened.
constexpr std::size_t kShownAnswers = 8;

std::string answers(const Report& report) {
  if (report.answers.empty()) return "";
  std::string shown, hidden;
  for (std::size_t i = 0; i < report.answers.size(); ++i)
    (i < kShownAnswers ? shown : hidden) +=
        "<p class=\"answer\">" + html_text(report.answers[i].text) + "</p>\n";
  std::string text =
      "<section aria-labelledby=\"answers\">\n<h2 id=\"answers\">What the numbers say</h2>\n" + shown;
  if (!hidden.empty())
    text += html_details(fmt::format("{} more comparisons", report.answers.size() - kShownAnswers), hidden);
  if (!report.procedure.empty()) text += "<p class=\"note\">" + html_text(report.procedure) + "</p>\n";
  return text + "</section>\n";
}

/// The title of a table, with what it was evaluated on where the tables differ in it.
std::string title_of(const Report& report, const ResultTable& table) {
  const bool several = std::ranges::any_of(report.tables, [&](const ResultTable& other) {
    return other.evaluation != report.tables[0].evaluation;
  });
  return html_text(several ? table.title + ": " + table.evaluation : table.title);
}

std::string charts_section(const Report& report, const std::vector<Chart>& charts,
                           const std::string& bundle) {
  if (charts.empty()) return "";
  std::string text = "<h2>Charts</h2>\n";
  if (bundle.empty()) return text + "<p class=\"note\">" + std::string(kNoBundle) + "</p>\n";
  text += "<p class=\"note\">" + std::string(kHowToRead) + "</p>\n<noscript><p>" + std::string(kNoScript) +
          "</p></noscript>\n";
  for (std::size_t number = 0; number < report.tables.size(); ++number) {
    const std::string places = html_charts(charts, number);
    const bool titled = report.tables.size() > 1 && !places.empty();
    text += (titled ? "<h3>" + title_of(report, report.tables[number]) + "</h3>\n" : "") + places;
  }
  return text;
}

/// What each short heading is a part of.
std::string headings(const Report& report) {
  Lines lines;
  for (const ResultTable& table : report.tables) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      const std::pair<std::string, std::string> line{table.headings[i], table.columns[i]};
      if (line.first != line.second && std::ranges::find(lines, line) == lines.end()) lines.push_back(line);
    }
  }
  return lines.empty() ? "" : html_details("Headings of the tables", html_lines(lines));
}

std::string commands(const Report& report) {
  std::string text = "<h2>How to reproduce it</h2>\n<pre tabindex=\"0\">";
  for (const std::string& command : report.commands) text += html_text(command) + "\n";
  return text + "</pre>\n";
}

}  // namespace

std::string html(const Report& report, const std::vector<Chart>& charts, const std::string& bundle) {
  std::string text = fmt::format(kPageHead, html_text(report.study), kPageStyle);
  text += "<h1>" + html_text(report.study) + "</h1>\n";
  if (!report.question.empty()) text += "<p class=\"question\">" + html_text(report.question) + "</p>\n";
  text += answers(report) + warnings(report);
  for (const ResultTable& table : report.tables)
    text += "<h2>" + title_of(report, table) + "</h2>\n" + html_results(report, table);
  text += charts_section(report, charts, bundle) + html_errors(report.errors);
  text += html_missing_trials(report);
  text += "<h2>Set-up</h2>\n" + html_lines(report.setup);
  if (!report.names.empty()) text += "<h2>What the names stand for</h2>\n" + html_lines(report.names);
  text += html_provenance(report) + commands(report);
  text += "<h2>Appendix</h2>\n" + headings(report) +
          html_details("All parameters", html_lines(report.parameters));
  text += "<footer id=\"drawn\"></footer>\n</main>\n" + html_scripts(charts, bundle);
  return text + "</body>\n</html>\n";
}

}  // namespace spanlab::host
