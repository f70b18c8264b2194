// SPDX-License-Identifier: MIT
#pragma once

#include <ATen/core/Tensor.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>

namespace spanlab::benchmarks {

inline double seconds_of(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Seconds that one call of `work` takes: the fastest of rounds of about 20 ms, or of single calls, within `budget` seconds but at
/// least three.
inline double fastest(const std::function<void()>& work, double budget = 0.2) {
  work();
  double best = std::max(1e-9, seconds_of(work)), spent = best;
  const auto calls = std::max<std::int64_t>(1, static_cast<std::int64_t>(0.02 / best));
  for (int round = 0; round < 2 || spent < budget; ++round) {
    const double seconds = seconds_of([&] { for (std::int64_t call = 0; call < calls; ++call) work(); });
    best = std::min(best, seconds / static_cast<double>(calls));
    spent += seconds;
  }
  return best;
}

/// What the commands are told.
struct Request {
  int threads = 1;
  bool bf16 = false;
  std::int64_t width = 384, inner = 1536, layers = 6;
  std::vector<std::int64_t> rows;  ///< of the products to be measured
  double budget = 0.3;             ///< seconds for one rate
};

/// Operations per second of a large product, by one thread and by all.
nlohmann::json square_rates(const Request& request, at::ScalarType type);

/// Bytes per second by one thread and by all: a copy (read and write), and the optimiser's pattern. The arrays are larger than any cache.
nlohmann::json memory_rates(const Request& request);

/// Each gives one JSON object; see main.cpp.
nlohmann::json measure_rates(const Request& request);
nlohmann::json measure_kernels(const Request& request);

}  // namespace spanlab::benchmarks
