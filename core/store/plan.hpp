// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "plugin/registry.hpp"
#include "spanlab/error.hpp"
#include "spanlab/export.hpp"
#include "store/report_request.hpp"
#include "store/shared_json.hpp"

namespace spanlab::host {

/// The plan of a whole study beside those of its parts: `negatives/all`.
inline constexpr std::string_view kWholeStudy = "all";

/// The most trials that a plan may have.
inline constexpr std::size_t kMostTrials = 200'000;

/// One trial of a plan: a configuration with a seed.
struct PlannedTrial {
  /// The trial's identity, 64 hexadecimal digits.
  std::string hash;
  /// Which row of the report it belongs to; trials of one row differ in the seed alone.
  std::int64_t row = 0;
  std::int64_t seed = 0;
  /// Resolved, complete (settings/configuration_json.hpp).
  SharedJson configuration;
  /// What was hashed besides: content of data, model and files, components' code, number type, device kind.
  SharedJson identity;
};

/// The data set and the pretrained model (empty: none) that a trial's configuration names, and the device of
/// its identity: what can be said of a trial whose plugins are not at hand.
SPANLAB_API std::string data_name(const PlannedTrial& trial);
SPANLAB_API std::string model_name(const PlannedTrial& trial, const Registry& registry);
SPANLAB_API std::string device_of(const PlannedTrial& trial);

/// A row of the report: a point of the space or an entry of `ablate`.
struct PlanRow {
  /// Name of the ablation entry; empty for a point of the space.
  std::string ablation;
  /// [path, value] pairs of what varies, in the order of the space; null where the row has no such path. Of
  /// an ablation: what it changes. A component value is its whole slot object, without the paths inside it
  /// that are factors themselves.
  nlohmann::json factors;
  /// How the row is named in tables.
  std::string label;
  /// The unchanged base model, which ablations are compared with.
  bool base = false;
};

/// The immutable, ordered list of trials of a study, written before the first one starts. It holds all that
/// the runner and the report need: neither reads the script.
struct SPANLAB_API Plan {
  /// The study's name; of a plan that is not the whole study, with what the command line had instead of the
  /// script's values behind a slash: `negatives/quick`.
  std::string study;
  std::string question;
  std::string script;                  ///< path as given, for "how to reproduce"
  std::vector<std::string> arguments;  ///< --set, --profile, --seeds, … that shaped it
  std::vector<std::string> factors;    ///< paths that vary, in order
  std::vector<std::int64_t> seeds;
  ReportRequest report;
  nlohmann::json origins;  ///< {path: origin text} of the base configuration's values
  std::vector<PlanRow> rows;
  /// Rows in order, seeds within a row in order; an ablation that equals a point has the point's hashes, so
  /// that a hash may occur more than once.
  std::vector<PlannedTrial> trials;
  /// What the study may not mean; not stored.
  std::vector<Problem> warnings;

  /// Hash of the content; names the plan's file.
  std::string hash() const;
};

/// JSON lines: a header object, then one line per row and per trial. Writing and reading throw
/// Error(environment or data).
SPANLAB_API std::string plan_lines(const Plan& plan);
SPANLAB_API void write_plan(const Plan& plan, const std::filesystem::path& file);
SPANLAB_API Plan read_plan(const std::filesystem::path& file);

}  // namespace spanlab::host
