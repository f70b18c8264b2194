// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "report/content.hpp"

namespace spanlab {

/// The values below `node` by their dotted paths; lists are values.
std::map<std::string, nlohmann::json> flattened(const nlohmann::json& node);

/// The value at a dotted path of a resolved configuration; null where there is none.
nlohmann::json value_at(const nlohmann::json& configuration, const std::string& path);

/// What a row sets `path` to: its factor, else what its configuration holds.
nlohmann::json factor_value(const Plan& plan, std::size_t row, const std::string& path);

/// A configuration value as tables show it, by the rules of the rows' labels; an empty text is `none`.
std::string value_text(const nlohmann::json& value, const std::vector<nlohmann::json>& others = {});

/// Data set, splits, limit and overlap of a configuration: rows that differ in them are not compared. In
/// words.
std::string evaluation_text(const nlohmann::json& configuration);

/// The configuration of a row: that of its first trial (they differ in the seed alone).
const nlohmann::json& configuration_of(const Plan& plan, std::size_t row);

/// What all rows share: data and evaluation, scores, encoder, seeds, number type, device, what the script
/// set.
Lines shared_setup(const Plan& plan, const Report& report);

/// Fields of the stored environments in which finished trials differ.
std::vector<ProvenanceDifference> provenance_differences(const std::vector<TrialResult>& trials);

/// True if a dotted path is `above` or leads into it.
bool at_or_below(const std::string& path, const std::string& above);

/// The command that runs the study again in the run store `runs`, and the one that writes the report to
/// `out`, as bash takes them. A report that goes elsewhere may be published: its commands name folders
/// outside this one by their last names alone.
std::vector<std::string> reproducing_commands(const Plan& plan, const std::filesystem::path& runs,
                                              const std::string& out);

}  // namespace spanlab
