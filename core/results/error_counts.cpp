// SPDX-License-Identifier: MIT
#include "results/error_counts.hpp"

#include <filesystem>

#include "records/attempt_files.hpp"
#include "results/trial_errors.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host {
namespace {

std::optional<ErrorsByGroup> kept_errors(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) return std::nullopt;
  try {
    return read_error_counts(file);
  } catch (const Error&) {  // damaged, or of another version: it is made again
    return std::nullopt;
  }
}

// A copy that can be made again: whoever cannot keep it has it all the same.
void keep_errors(const ErrorsByGroup& groups, const std::filesystem::path& file) {
  try {
    write_error_counts(groups, file);
  } catch (const Error&) {
  }
}

}  // namespace

TrialErrorCounts trial_error_counts(const PlannedTrial& trial, const Attempt& attempt,
                                    EvaluatedReader& reader) {
  const std::filesystem::path file = attempt.folder / kErrorsFile;
  if (auto kept = kept_errors(file)) return {*std::move(kept), ""};
  try {
    const Evaluated evaluated = reader.read(trial, attempt);
    const SeenMentions seen(trial, reader);
    ErrorsByGroup groups;
    for (const EvaluatedGroup& group : evaluated.groups) {
      const TrialErrors errors = errors_of(trial, group, evaluated, seen);
      add(errors.analysis, groups[group.name]);
    }
    if (seen.known()) keep_errors(groups, file);  // else for a time when more can be told
    return {std::move(groups), ""};
  } catch (const Error& error) {
    return {{}, error.what()};
  }
}

}  // namespace spanlab::host
