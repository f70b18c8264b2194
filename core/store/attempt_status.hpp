// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "spanlab/export.hpp"

namespace spanlab::host {

/// The file in an attempt's folder that says how far it is.
inline constexpr const char* kStatusFile = "status.json";

enum class AttemptState { running, finished, failed, interrupted };

/// status.json of an attempt.
struct AttemptStatus {
  AttemptState state = AttemptState::running;
  std::string host;
  std::int64_t process = 0;
  /// Times are ISO 8601, UTC.
  std::string started;
  std::string heartbeat;
  /// Empty while running.
  std::string ended;
  /// Empty unless failed or torn: what the tables show.
  std::string error;
  /// Wall time so far.
  double seconds = 0;
  /// In bytes.
  std::int64_t peak_memory = 0;
  std::int64_t step = 0;
  std::int64_t steps = 0;
  double loss = 0;
};

/// Names of states in status.json and in tables. Throws Error(data) for another name.
SPANLAB_API std::string_view to_text(AttemptState state);
SPANLAB_API AttemptState attempt_state(std::string_view text);

/// status.json as it is written, and read. Throws Error(data) where a member is of another type.
SPANLAB_API nlohmann::json to_json(const AttemptStatus& status);
SPANLAB_API AttemptStatus attempt_status(const nlohmann::json& node);

/// Replaces the attempt's status.json. A state other than `running` is final: it is synced to the disk, and
/// so is every file of the attempt before it, so that an attempt that says `finished` is whole.
SPANLAB_API void write_status(const std::filesystem::path& attempt_folder, const AttemptStatus& status);

}  // namespace spanlab::host
