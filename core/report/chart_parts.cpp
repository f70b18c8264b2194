// SPDX-License-Identifier: MIT
#include "report/chart_parts.hpp"

#include <set>

namespace spanlab::host {
namespace {

using nlohmann::json;

constexpr std::size_t kMostColours = 10;
constexpr std::size_t kMostTicks = 12;
constexpr const char* kNumber = "quantitative";  // Vega-Lite's word for values on a scale
constexpr std::size_t kInk = 0;                  // of the palette

/// Marks of the row that is chosen, or all where none is, in `opacity`; the others fade.
json faded(double opacity) {
  return {{"condition", {{"test", "chosen === null || datum.row === chosen"}, {"value", opacity}}},
          {"value", 0.12 * opacity}};
}

/// A line through several rows: it fades as soon as one is chosen.
json faded_line(double opacity) {
  return {{"condition", {{"test", "chosen === null"}, {"value", opacity}}}, {"value", 0.12 * opacity}};
}

const std::string& palette(std::size_t number) { return chart_colours().at(number).value; }

json look() {
  return {{"font", "Liberation Sans, Arial, Helvetica, sans-serif"},
          {"view", {{"stroke", nullptr}}},
          {"axis",
           {{"labelFontSize", 12},
            {"titleFontSize", 12},
            {"titleFontWeight", "normal"},
            {"labelColor", "#333"},
            {"titleColor", "#333"},
            {"gridColor", "#e8e8e8"},
            {"domainColor", "#999"},
            {"tickColor", "#999"},
            {"titlePadding", 8},
            {"labelLimit", 240}}},
          {"legend",
           {{"labelFontSize", 12},
            {"titleFontSize", 12},
            {"titleFontWeight", "normal"},
            {"labelLimit", 420},
            {"titleLimit", 420},
            {"labelColor", "#333"},
            {"titleColor", "#333"},
            {"orient", "bottom"},
            {"direction", "vertical"},
            {"symbolOpacity", 1}}},
          {"title",
           {{"fontSize", 14},
            {"subtitleFontSize", 11.5},
            {"anchor", "start"},
            {"frame", "group"},
            {"color", "#222"},
            {"subtitleColor", "#666"},
            {"offset", 12},
            {"subtitlePadding", 4}}}};
}

json chart(const std::string& title, const std::string& subtitle, json datasets, json layers) {
  return {{"$schema", "https://vega.github.io/schema/vega-lite/v6.json"},
          {"title", {{"text", title}, {"subtitle", subtitle}}},
          {"background", "white"},
          {"width", 400},
          {"height", 250},
          {"padding", 8},
          {"params", json::array({{{"name", "chosen"}, {"value", nullptr}}})},
          {"datasets", std::move(datasets)},
          {"layer", std::move(layers)},
          {"config", look()}};
}

bool one_colour(const SeriesLook& series) {
  return series.names.size() < 2 || series.names.size() > kMostColours;
}

/// Colour by series while colours can be told apart; one ink for one series or too many.
json colour(const SeriesLook& series) {
  if (one_colour(series)) return {{"value", palette(kInk)}};
  json colours = json::array();
  for (std::size_t i = 0; i < series.names.size(); ++i) colours.push_back(palette(i));
  return {{"field", "series"},
          {"type", "nominal"},
          {"title", series.heading},
          {"scale", {{"domain", series.names}, {"range", colours}}},
          {"legend", {{"columns", series.names.size() > 5 ? 2 : 1}}}};
}

json quantity(const std::string& field, const json& title) {
  return {{"field", field}, {"type", kNumber}, {"title", title}, {"scale", {{"zero", false}}}};
}

json layer(const char* data, json mark, json encoding) {
  return {{"data", {{"name", data}}}, {"mark", std::move(mark)}, {"encoding", std::move(encoding)}};
}

json tooltip(std::initializer_list<std::pair<const char*, const char*>> fields) {
  json list = json::array();
  for (const auto& [field, type] : fields) list.push_back({{"field", field}, {"type", type}});
  return list;
}

}  // namespace

const std::vector<ChartColour>& chart_colours() {
  static const std::vector<ChartColour> colours{
      {"c0", "#3b5b7e"}, {"c1", "#c2573f"},   {"c2", "#4f8a6d"}, {"c3", "#b0892f"},  {"c4", "#7b5b91"},
      {"c5", "#5aa0b8"}, {"c6", "#94485f"},   {"c7", "#6d7f36"}, {"c8", "#8a6f57"},  {"c9", "#555555"},
      {"ink", "#333"},   {"grid", "#e8e8e8"}, {"ticks", "#999"}, {"paper", "white"},
  };
  return colours;
}

json points_chart(const std::string& title, const std::string& x_title,
                  const std::vector<std::string>& x_order, const std::string& y_title,
                  const SeriesLook& series, Joined joined, const json& means, const json& seeds) {
  bool dodge = !one_colour(series);
  json x = {
      {"field", "x"},
      {"type", "ordinal"},
      {"title", x_title},
      {"sort", x_order},
      {"scale", {{"domain", x_order}}},
      {"axis", {{"labelAngle", x_order.size() > 6 ? -30 : 0}, {"labelOverlap", "greedy"}, {"grid", false}}}};
  json base = {{"x", x}, {"color", colour(series)}};
  if (dodge) {
    base["xOffset"] = {
        {"field", "series"}, {"type", "nominal"}, {"sort", series.names}, {"scale", {{"paddingOuter", 1.2}}}};
  }
  auto with = [&](const json& more) {
    json encoding = base;
    encoding.update(more);
    return encoding;
  };
  json layers = json::array();
  json tips = tooltip({{"x", "nominal"},
                       {"series", "nominal"},
                       {"mean", kNumber},
                       {"low", kNumber},
                       {"high", kNumber},
                       {"n", kNumber}});
  json of_seed = tooltip(
      {{"x", "nominal"}, {"series", "nominal"}, {"seed", kNumber}, {"trial", "nominal"}, {"value", kNumber}});
  if (joined == Joined::yes) {
    layers.push_back(layer("means", {{"type", "line"}, {"strokeWidth", 1.5}},
                           with({{"y", quantity("mean", y_title)},
                                 {"detail", {{"field", "series"}}},
                                 {"opacity", faded_line(0.55)}})));
  }
  layers.push_back(
      layer("means", {{"type", "errorbar"}, {"ticks", {{"width", 9}}}, {"thickness", 1.6}},
            with({{"y", quantity("low", y_title)}, {"y2", {{"field", "high"}}}, {"opacity", faded(1)}})));
  layers.push_back(
      layer("seeds",
            {{"type", "point"}, {"shape", "circle"}, {"fill", "white"}, {"size", 36}, {"strokeWidth", 1.3}},
            with({{"y", quantity("value", y_title)}, {"tooltip", of_seed}, {"opacity", faded(1)}})));
  layers.push_back(layer("means", {{"type", "point"}, {"filled", true}, {"size", 70}},
                         with({{"y", quantity("mean", y_title)}, {"tooltip", tips}, {"opacity", faded(1)}})));
  json result = chart(title, "dots: mean; bars: ± standard deviation; circles: single seeds",
                      {{"means", means}, {"seeds", seeds}}, layers);
  return result;
}

json differences_chart(const std::string& title, const std::vector<std::string>& labels,
                       const std::string& metric, const json& means, const json& seeds) {
  json y = {{"field", "label"},
            {"type", "ordinal"},
            {"title", nullptr},
            {"sort", labels},
            {"scale", {{"domain", labels}}},
            {"axis", {{"grid", false}}}};
  std::string x_title = "difference in " + metric;
  json ink = {{"value", palette(kInk)}};
  json layers = json::array();
  layers.push_back({{"data", {{"values", json::array({{{"zero", 0}}})}}},
                    {"mark", {{"type", "rule"}, {"color", "#999"}, {"strokeDash", {4, 3}}}},
                    {"encoding", {{"x", quantity("zero", x_title)}}}});
  layers.push_back(layer(
      "seeds",
      {{"type", "point"},
       {"shape", "circle"},
       {"filled", false},
       {"size", 34},
       {"strokeWidth", 1.3},
       {"yOffset", 9}},
      {{"y", y},
       {"opacity", faded(0.7)},
       {"x", quantity("value", x_title)},
       {"color", ink},
       {"tooltip",
        tooltip({{"label", "nominal"}, {"seed", kNumber}, {"trial", "nominal"}, {"value", kNumber}})}}));
  const auto is_tested = [](const json& mean) { return mean.contains("low"); };
  if (std::ranges::any_of(means, is_tested)) {
    layers.push_back(layer("means", {{"type", "errorbar"}, {"ticks", {{"height", 9}}}, {"thickness", 1.6}},
                           {{"y", y},
                            {"x", quantity("low", x_title)},
                            {"x2", {{"field", "high"}}},
                            {"color", ink},
                            {"opacity", faded(1)}}));
  }
  layers.push_back(
      layer("means", {{"type", "point"}, {"filled", true}, {"size", 70}},
            {{"y", y},
             {"opacity", faded(1)},
             {"x", quantity("mean", x_title)},
             {"color", ink},
             {"tooltip",
              tooltip({{"label", "nominal"}, {"mean", kNumber}, {"low", kNumber}, {"high", kNumber}})}}));
  json result = chart(
      title,
      "dots: mean; bars: 95 % interval where tested; circles: single seeds; dashed: the unchanged base model",
      {{"means", means}, {"seeds", seeds}}, layers);
  result["height"] = 40 * labels.size();
  return result;
}

json curves_chart(const std::string& title, const std::string& y_title, const SeriesLook& series,
                  const json& data, const std::string& note) {
  std::set<double> epochs;
  for (const json& point : data) epochs.insert(point["epoch"].get<double>());
  json axis = {{"format", "d"}, {"grid", false}};
  if (epochs.size() <= kMostTicks) axis["values"] = epochs;
  json x = {{"field", "epoch"},
            {"type", kNumber},
            {"title", "epoch"},
            {"axis", axis},
            {"scale", {{"zero", false}, {"nice", false}}}};
  json base = {{"x", x}, {"color", colour(series)}, {"detail", {{"field", "series"}}}};
  json band = base;
  band["y"] = quantity("low", y_title);
  band["y2"] = {{"field", "high"}};
  band["opacity"] = faded(0.12);
  json line = base;
  line["y"] = quantity("mean", y_title);
  line["opacity"] = faded(1);
  line["tooltip"] = tooltip(
      {{"series", "nominal"}, {"epoch", kNumber}, {"mean", kNumber}, {"low", kNumber}, {"high", kNumber}});
  json layers = json::array(
      {layer("curves", {{"type", "area"}}, band),
       layer("curves", {{"type", "line"}, {"strokeWidth", 1.8}, {"point", {{"size", 26}}}}, line)});
  const std::string look = "lines: mean over seeds; bands: lowest to highest seed";
  return chart(title, note.empty() ? look : look + "; " + note, {{"curves", data}}, layers);
}

}  // namespace spanlab::host
