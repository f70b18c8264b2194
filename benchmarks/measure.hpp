// SPDX-License-Identifier: MIT
#pragma once

#include <ATen/core/Tensor.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <vector>

namespace spanlab::host::benchmarks {

inline double seconds_of(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Seconds that one call of `work` takes, sorted: rounds of about 20 ms, or single calls, within `budget`
/// seconds but at least three.
inline std::vector<double> rounds_of(const std::function<void()>& work, double budget) {
  work();
  const double first = std::max(1e-9, seconds_of(work));
  const auto calls = std::max<std::int64_t>(1, static_cast<std::int64_t>(0.02 / first));
  std::vector<double> rounds{first};
  for (double spent = first; rounds.size() < 3 || spent < budget;
       spent += rounds.back() * static_cast<double>(calls)) {
    rounds.push_back(seconds_of([&] {
                       for (std::int64_t call = 0; call < calls; ++call) work();
                     }) /
                     static_cast<double>(calls));
  }
  std::ranges::sort(rounds);
  return rounds;
}

/// The fastest round: what a kernel can do.
inline double fastest(const std::function<void()>& work, double budget = 0.2) {
  return rounds_of(work, budget).front();
}

/// The median: what the machine usually does. Rows are medians of whole runs, so that they are held against
/// this.
inline double usual(const std::function<void()>& work, double budget) {
  const std::vector<double> rounds = rounds_of(work, budget);
  return rounds[rounds.size() / 2];
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

/// Bytes per second by one thread and by all: a copy (read and write), and the optimiser's pattern. The
/// arrays are larger than any cache.
nlohmann::json memory_rates(const Request& request);

/// Each gives one JSON object; see main.cpp.
nlohmann::json measure_rates(const Request& request);
nlohmann::json measure_kernels(const Request& request);
nlohmann::json measure_checks(const Request& request);

}  // namespace spanlab::host::benchmarks
