// SPDX-License-Identifier: MIT
#include "report/chart_parts.hpp"
#include "report/latex_parts.hpp"
#include "report/writers.hpp"

namespace spanlab::host {
namespace {

using nlohmann::json;

constexpr std::size_t kMostSeries = 10;

/// The values of a member, each once, in order of appearance.
std::vector<std::string> distinct(const json& points, const char* member) {
  std::vector<std::string> names;
  for (const json& point : points) {
    const std::string name = point.at(member);
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
  return names;
}

double place_of(const std::vector<std::string>& names, const json& name) {
  return static_cast<double>(std::ranges::find(names, name.get<std::string>()) - names.begin());
}

/// The colour of a series as xcolor takes it.
std::string colour(std::size_t series, std::size_t all) {
  const std::string& value = chart_colours().at(all > kMostSeries ? 0 : series % kMostSeries).value;
  const auto part = [&](std::size_t at) { return std::stoi(value.substr(at, 2), nullptr, 16); };
  return fmt::format("{{rgb,255:red,{};green,{};blue,{}}}", part(1), part(3), part(5));
}

std::string ticks(const char axis, const std::vector<std::string>& labels) {
  std::string numbers, texts;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    numbers += fmt::format("{}{}", i ? "," : "", i);
    texts += (i ? "," : "") + ("{" + latex_text(labels[i]) + "}");
  }
  return fmt::format("{0}tick={{{1}}}, {0}ticklabels={{{2}}}, {0}min=-0.5, {0}max={3}", axis, numbers, texts,
                     static_cast<double>(labels.size()) - 0.5);
}

/// A point whose value lies on the axis `values` and whose place on the other one.
std::string point_text(char values, double place, double value) {
  return values == 'y' ? fmt::format(" ({},{})", place, value) : fmt::format(" ({},{})", value, place);
}

/// `values`: the axis of the means, and of bars from the points' low to their high.
std::string means(const json& points, const std::string& look, char values) {
  std::string text = fmt::format(
      "\\addplot[{}, mark=*, error bars/.cd, {} dir=both, {} explicit] coordinates {{", look, values, values);
  for (const json& point : points) {
    text += point_text(values, point["place"], point["mean"]);
    if (!point.contains("low")) continue;
    const double above = point["high"].get<double>() - point["mean"].get<double>();
    const double below = point["mean"].get<double>() - point["low"].get<double>();
    text += values == 'y' ? fmt::format(" += (0,{}) -= (0,{})", above, below)
                          : fmt::format(" += ({},0) -= ({},0)", above, below);
  }
  return text + " };\n";
}

std::string seeds(const json& points, const std::string& look, char values) {
  std::string text =
      fmt::format("\\addplot[{}, only marks, mark=o, mark size=1.2pt, forget plot] coordinates {{", look);
  for (const json& point : points) text += point_text(values, point["place"], point["value"]);
  return text + " };\n";
}

/// The points of one series, each with its place on the axis, beside those of other series.
json placed(const json& points, const std::vector<std::string>& axis, const char* member, double shift) {
  json result = json::array();
  for (json point : points) {
    point["place"] = place_of(axis, point[member]) + shift;
    result.push_back(std::move(point));
  }
  return result;
}

json of_series(const json& points, const std::string& name) {
  json result = json::array();
  for (const json& point : points) {
    if (point["series"] == name) result.push_back(point);
  }
  return result;
}

/// `channel`: of the colours in the specification; it names what the series differ in.
std::string legend(const json& channel, const std::vector<std::string>& series) {
  if (series.size() < 2 || series.size() > kMostSeries) return "";
  std::string texts;
  for (const std::string& name : series) texts += ",{" + latex_text(name) + "}";
  return "\\legend{{" + latex_text(channel.value("title", "")) + "}" + texts + "}\n";
}

/// What stands before the legend's heading: nothing.
std::string legend_image(const std::vector<std::string>& series) {
  return series.size() < 2 || series.size() > kMostSeries ? "" : "\\addlegendimage{empty legend}\n";
}

std::string axis(const std::string& options, const std::string& plots) {
  return "\\begin{tikzpicture}\n\\begin{axis}[\n  width=0.95\\linewidth, height=0.6\\linewidth, " +
         std::string("axis lines*=left, tick align=outside, ymajorgrids, grid style={gray!25},\n") +
         "  legend style={at={(0.5,-0.28)}, anchor=north, draw=none, font=\\footnotesize, "
         "cells={anchor=west}},"
         "\n  label style={font=\\small}, tick label style={font=\\footnotesize},\n  " +
         options + "]\n" + plots + "\\end{axis}\n\\end{tikzpicture}\n";
}

std::string title_of(const json& channel) {
  return "{" + latex_text(channel["title"].get<std::string>()) + "}";
}

std::string points_plot(const json& spec) {
  const json& data = spec["datasets"];
  const json& encoding = spec["layer"].back()["encoding"];
  const auto order = encoding["x"]["sort"].get<std::vector<std::string>>();
  const std::vector<std::string> series = distinct(data["means"], "series");
  std::string plots;
  for (std::size_t i = 0; i < series.size(); ++i) {
    const double middle = (static_cast<double>(series.size()) - 1) / 2;
    const double shift =
        (static_cast<double>(i) - middle) * std::min(0.1, 0.6 / static_cast<double>(series.size()));
    const std::string ink = "color=" + colour(i, series.size());
    const bool joined = spec["layer"][0]["mark"]["type"] == "line";
    plots += means(placed(of_series(data["means"], series[i]), order, "x", shift),
                   ink + (joined ? "" : ", only marks"), 'y');
    plots += seeds(placed(of_series(data["seeds"], series[i]), order, "x", shift), ink, 'y');
  }
  return axis(
      ticks('x', order) + ", xlabel=" + title_of(encoding["x"]) + ", ylabel=" + title_of(encoding["y"]),
      legend_image(series) + plots + legend(encoding["color"], series));
}

std::string differences_plot(const json& spec) {
  const json& data = spec["datasets"];
  const std::vector<std::string> labels = distinct(data["means"], "label");
  const std::string ink = "color=" + colour(0, 1);
  std::string plots = means(placed(data["means"], labels, "label", 0), ink + ", only marks", 'x');
  plots += seeds(placed(data["seeds"], labels, "label", 0.25), ink, 'x');
  plots += fmt::format("\\draw[gray, dashed] (axis cs:0,-0.5) -- (axis cs:0,{});\n",
                       static_cast<double>(labels.size()) - 0.5);
  const json& x = spec["layer"].back()["encoding"]["x"];
  return axis(ticks('y', labels) +
                  ", width=0.68\\linewidth, y dir=reverse, yticklabel style={align=right, text "
                  "width=0.3\\linewidth}, "
                  "xlabel=" +
                  title_of(x),
              plots);
}

std::string curves_plot(const json& spec) {
  const json& data = spec["datasets"]["curves"];
  const std::vector<std::string> series = distinct(data, "series");
  std::string plots;
  for (std::size_t i = 0; i < series.size(); ++i) {
    const json points = of_series(data, series[i]);
    const std::string ink = colour(i, series.size());
    std::string line, low, high;
    for (const json& point : points) {
      const double epoch = point["epoch"];
      line += fmt::format(" ({},{})", epoch, point["mean"].get<double>());
      low += fmt::format(" ({},{})", epoch, point["low"].get<double>());
      high = fmt::format(" ({},{})", epoch, point["high"].get<double>()) + high;
    }
    plots += "\\addplot[color=" + ink + ", mark=*, mark size=1pt] coordinates {" + line + " };\n";
    plots += "\\addplot[draw=none, fill=" + ink + ", fill opacity=0.12, forget plot] coordinates {" + low +
             high + " } -- cycle;\n";
  }
  const json& y = spec["layer"].back()["encoding"]["y"];
  return axis("xlabel={epoch}, ylabel=" + title_of(y),
              legend_image(series) + plots + legend(spec["layer"].back()["encoding"]["color"], series));
}

}  // namespace

std::string latex_chart(const Chart& chart) {
  const json& data = chart.spec["datasets"];
  const std::string head = "% needs \\usepackage{pgfplots} and \\pgfplotsset{compat=1.17}\n";
  if (data.contains("curves")) return head + curves_plot(chart.spec);
  const bool differs = !data["means"].empty() && data["means"][0].contains("label");
  return head + (differs ? differences_plot(chart.spec) : points_plot(chart.spec));
}

}  // namespace spanlab::host
