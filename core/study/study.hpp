// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "spanlab/error.hpp"
#include "store/report_request.hpp"
#include "study/point.hpp"

namespace spanlab::host {

/// An entry of `profiles`: what it changes in the base model, and what it has instead of the study's space
/// and seeds.
struct Profile {
  std::string name;
  Origin origin;
  Point point;
  std::vector<std::string> factors;
  std::vector<Point> points;        ///< empty: the study's space
  std::vector<std::int64_t> seeds;  ///< empty: the study's seeds
};

/// A score path that the report shows.
struct Metric {
  std::string path;
  Origin origin;
};

/// What the report calls a score, a factor or a row.
struct GivenName {
  std::string of;
  std::string name;
  Origin origin;
};

/// The value that a script returns. Its space is expanded already; nothing of it is checked against
/// components or cards.
struct Study {
  std::string name;
  Origin origin;
  std::string question;
  std::string script;                ///< path as given
  Setting base;                      ///< members: `data`, `encoder`, `train` and one per task
  std::vector<std::string> factors;  ///< paths and names of variants that the space varies, in its order
  std::vector<Point> points;  ///< of the space, in order; one without assignments where there is no space
  std::vector<NamedPoint> ablations;
  std::vector<Profile> profiles;
  std::vector<std::int64_t> seeds;
  std::optional<NamedPoint> baseline;  ///< of the report; its name is empty
  std::vector<Metric> metrics;
  ReportRequest report;  ///< its claim, family, margin and effects; the rest is checked first
  std::vector<GivenName> names;
  std::vector<Metric> columns;  ///< scores and factors of the paper's tables
  std::vector<Problem>
      problems;  ///< what reading the script found wrong; `resolve` adds its own and throws them all
  std::vector<Problem>
      unsettled;  ///< of conditions, which may be right and a path beside them misspelt: told where every
                  ///< path exists. `points` then holds each value of the space by itself
  std::vector<Problem> warnings;  ///< what is allowed, and may not be meant
};

}  // namespace spanlab::host
