// SPDX-License-Identifier: MIT
#pragma once

#include <ATen/core/Tensor.h>

#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "test.hpp"

namespace spanlab::test {

/// The fixtures, or a folder or file of theirs: $SPANLAB_FIXTURES, else `fixtures/` of the shared folder.
/// Absent, they fail the test where CI=true and are reported as skipped elsewhere (the path is then empty).
std::filesystem::path fixtures_folder(const std::string& part = "");

nlohmann::json read_json(const std::filesystem::path& file);
std::vector<nlohmann::json> read_json_lines(const std::filesystem::path& file);

/// Nested lists of numbers, all as deep and as long as each other, in double precision.
at::Tensor tensor_of(const nlohmann::json& lists);

/// Folders or files below `folder` (a name inside the fixtures), sorted; empty if there are none.
std::vector<std::filesystem::path> cases(const std::string& folder);

/// Whether the shared data sets are at hand. Absent, they fail the test where CI=true and are reported as
/// skipped elsewhere.
bool data_sets_at_hand();

/// The file of that name among them (`conll04_train.json`); empty if there is none.
std::filesystem::path data_set_file(const std::string& name);

/// Counts comparisons and keeps the largest difference of each kind; its destructor prints both and fails the
/// test for every kind that went over its tolerance, and if nothing at all was compared.
class Comparison {
 public:
  explicit Comparison(std::string what);
  ~Comparison();

  /// |got - expected| ≤ tolerance (absolute). NaN never agrees.
  void absolute(const std::string& kind, double got, double expected, double tolerance,
                const std::string& place);
  /// |got - expected| ≤ max(tolerance · |expected|, floor).
  void relative(const std::string& kind, double got, double expected, double tolerance, double floor,
                const std::string& place);
  /// Equal or not; counts as one value.
  void exact(const std::string& kind, bool equal, const std::string& place);
  /// Every number of two tensors of one shape: the difference is at most `tolerance` of the largest expected
  /// number.
  void scaled(const std::string& kind, const at::Tensor& got, const at::Tensor& expected, double tolerance,
              const std::string& place);
  /// Every number of two tensors of one shape is the same.
  void equal(const std::string& kind, const at::Tensor& got, const at::Tensor& expected,
             const std::string& place);

 private:
  struct Kind {
    std::int64_t values = 0;
    double largest = 0;
    std::string unit;
    std::vector<std::string> failures;
  };
  void record(const std::string& kind, double difference, bool good, const std::string& place,
              const char* unit);
  std::string what_;
  std::map<std::string, Kind> kinds_;
};

}  // namespace spanlab::test
