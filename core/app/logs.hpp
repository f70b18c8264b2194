// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/places.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host::app {

struct LogsOptions {
  std::string trial;                    ///< unique prefix of its hash
  std::optional<std::int64_t> attempt;  ///< else the newest
  bool follow = false;                  ///< go on until the trial ends
};

/// Takes the next bytes of a log; false: no more are wanted.
using LogSink = std::function<bool(std::string_view bytes)>;

/// Hands the log of a trial's attempt to `sink`.
SPANLAB_API void read_log(const LogsOptions& options, const Places& places, const LogSink& sink);

}  // namespace spanlab::host::app
