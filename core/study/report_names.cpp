// SPDX-License-Identifier: MIT
#include "study/report_names.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace spanlab::host {
namespace {

bool contains(const std::vector<std::string>& list, const std::string& text) {
  return std::ranges::find(list, text) != list.end();
}

}  // namespace

void add_names(const Study& study, Plan& plan, Problems& problems) {
  std::vector<std::string> columns = plan.factors;
  columns.insert(columns.end(), plan.report.metrics.begin(), plan.report.metrics.end());
  std::vector<std::string> shown = columns;
  for (const PlanRow& row : plan.rows) shown.push_back(row.label);
  for (const GivenName& given : study.names) {
    if (contains(shown, given.of)) {
      plan.report.names[given.of] = given.name;
    } else {
      problems.add(
          given.origin,
          fmt::format("names: '{}' is no score, factor or row of the report{}\n   scores and factors: {}",
                      given.of, did_you_mean(given.of, shown), fmt::join(columns, ", ")));
    }
  }
  for (const Metric& column : study.columns) {
    if (contains(columns, column.path)) {
      plan.report.columns.push_back(column.path);
    } else {
      problems.add(
          column.origin,
          fmt::format("columns: '{}' is no score or factor of the report{}\n   scores and factors: {}",
                      column.path, did_you_mean(column.path, columns), fmt::join(columns, ", ")));
    }
  }
}

}  // namespace spanlab::host
