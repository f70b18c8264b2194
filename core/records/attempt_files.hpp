// SPDX-License-Identifier: MIT
#pragma once

namespace spanlab::host {

// What lies in the folder of an attempt, beside its status (store/attempt_status.hpp) and its records
// (records/epoch_record.hpp).

/// The trained weights, with the model's description.
inline constexpr const char* kModelFile = "model.safetensors";
/// What an interrupted training goes on from.
inline constexpr const char* kResumeFile = "resume.safetensors";
/// All that the process wrote.
inline constexpr const char* kLogFile = "log.txt";
/// Machine, versions and plugins.
inline constexpr const char* kEnvironmentFile = "environment.json";
/// The folder of predictions, a file for each split.
inline constexpr const char* kPredictionsFolder = "predictions";
/// Correct, predicted and gold items by document (records/counts_by_document.hpp); made from the predictions
/// where it is missing.
inline constexpr const char* kCountsFile = "counts.json";
/// What is wrong with the predictions, in numbers (records/error_counts.hpp); made from the predictions when
/// it is first asked for.
inline constexpr const char* kErrorsFile = "errors.json";

}  // namespace spanlab::host
