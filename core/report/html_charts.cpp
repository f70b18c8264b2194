// SPDX-License-Identifier: MIT
#include "report/html_charts.hpp"

#include <set>

#include "report/chart_parts.hpp"
#include "report/html_parts.hpp"
#include "report/page.hpp"

namespace spanlab::host {
namespace {

using nlohmann::json;

std::string replaced(std::string text, std::string_view part, std::string_view by) {
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + by.size()))
    text.replace(at, part.size(), by);
  return text;
}

/// Every colour of a chart as the page's variable of that name (chart_colours).
void use_page_colours(json& node) {
  if (node.is_string()) {
    const auto& colours = chart_colours();
    const auto found = std::ranges::find(colours, node.get<std::string>(), &ChartColour::value);
    if (found != colours.end()) node = "var(--" + found->name + ")";
  } else if (node.is_structured()) {
    for (json& part : node) use_page_colours(part);
  }
}

/// Numbers as far as a reader can see them: charts of hundreds of trials make most of a page.
void round_numbers(json& node) {
  if (node.is_number_float()) node = std::stod(fmt::format("{:.5g}", node.get<double>()));
  if (!node.is_structured()) return;
  for (json& part : node) round_numbers(part);
}

/// The chart as wide as its place; its title is the page's.
json page_spec(const Chart& chart) {
  json spec = chart.spec;
  spec.erase("title");
  spec["width"] = "container";
  spec["autosize"] = {{"type", "fit-x"}, {"contains", "padding"}};
  spec["padding"] = 4;
  for (const char* part : {"layer", "config", "background"}) use_page_colours(spec[part]);
  round_numbers(spec["datasets"]);
  return spec;
}

/// The charts of a table in their places; those of one place differ in the score alone.
std::vector<std::vector<std::size_t>> places_of(const std::vector<Chart>& charts, std::size_t table) {
  std::vector<std::vector<std::size_t>> places;
  std::vector<std::string> kinds;
  for (std::size_t i = 0; i < charts.size(); ++i) {
    if (charts[i].table != table) continue;
    const auto found = std::ranges::find(kinds, charts[i].kind);
    const auto place = static_cast<std::size_t>(found - kinds.begin());
    if (found == kinds.end()) {
      kinds.push_back(charts[i].kind);
      places.emplace_back();
    }
    places[place].push_back(i);
  }
  return places;
}

std::string figure(const Chart& chart, std::size_t number) {
  return fmt::format(
      "<figure id=\"figure-{0}\"><figcaption>{1}<small>{2}</small></figcaption>"
      "<div id=\"chart-{0}\" class=\"chart\" role=\"group\" aria-label=\"{1}\"></div></figure>\n",
      number, html_text(chart.title), html_text(chart.spec["title"]["subtitle"].get<std::string>()));
}

}  // namespace

std::string html_charts(const std::vector<Chart>& charts, std::size_t table) {
  std::string text;
  for (const std::vector<std::size_t>& place : places_of(charts, table)) {
    text += "<div class=\"place\">\n";
    if (place.size() > 1) {
      text += "<label>" + html_text(charts[place[0]].kind) + ": <select>";
      for (std::size_t i : place)
        text += fmt::format("<option value=\"figure-{}\">{}</option>", i, html_text(charts[i].choice));
      text += "</select></label>\n";
    }
    for (std::size_t i : place) text += figure(charts[i], i);
    text += "</div>\n";
  }
  return text.empty() ? "" : "<div class=\"charts\">\n" + text + "</div>\n";
}

std::string html_scripts(const std::vector<Chart>& charts, const std::string& bundle) {
  const bool draws = !bundle.empty() && !charts.empty();
  json specs = json::array();
  for (const Chart& chart : charts) {
    if (draws) specs.push_back(page_spec(chart));
  }
  // Neither may close its element: code names the tag in texts alone, and JSON needs no "<".
  std::string text;
  if (draws) text = "<script type=\"module\">" + replaced(bundle, "</script", "<\\/script") + "\n</script>\n";
  return text + "<script id=\"specs\" type=\"application/json\">" + replaced(specs.dump(), "<", "\\u003c") +
         "</script>\n<script type=\"module\">" + std::string(kPageScript) + "</script>\n";
}

}  // namespace spanlab::host
