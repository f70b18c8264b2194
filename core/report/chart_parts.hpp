// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace spanlab::host {

/// What the lines of a chart stand for, and the legend's heading.
struct SeriesLook {
  std::vector<std::string> names;
  std::string heading;
};

enum class Joined { no, yes };

/// A colour of the charts, by the name that the HTML page gives it: there it depends on what the page is
/// shown on.
struct ChartColour {
  std::string name;
  std::string value;
};
const std::vector<ChartColour>& chart_colours();

// Every point holds `row` (chart_row): a chart's parameter `chosen`, null or such a row, fades all others.

/// Means with error bars and single seeds over the values of a factor, a colour per series.
/// `means`: objects with x, series, mean, low, high; `seeds`: x, series, value, seed, trial.
nlohmann::json points_chart(const std::string& title, const std::string& x_title,
                            const std::vector<std::string>& x_order, const std::string& y_title,
                            const SeriesLook& series, Joined joined, const nlohmann::json& means,
                            const nlohmann::json& seeds);

/// Differences to a base, one line each, around zero. `means`: label, mean, low, high; `seeds`: label, value,
/// seed, trial.
nlohmann::json differences_chart(const std::string& title, const std::vector<std::string>& labels,
                                 const std::string& metric, const nlohmann::json& means,
                                 const nlohmann::json& seeds);

/// A line with a band per series over epochs. `data`: series, epoch, mean, low, high. `note` is said below
/// the title, where it is not empty.
nlohmann::json curves_chart(const std::string& title, const std::string& y_title, const SeriesLook& series,
                            const nlohmann::json& data, const std::string& note);

}  // namespace spanlab::host
