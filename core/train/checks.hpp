// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "data/card.hpp"
#include "plugin/registry.hpp"
#include "settings/configuration.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host {

/// Rows of a plan.
using RowNumbers = std::vector<std::size_t>;

/// The rows that have the same `key`, groups and members in the order of `rows`.
std::vector<RowNumbers> grouped(const RowNumbers& rows, const std::function<std::string(std::size_t)>& key);

/// What is wrong with a study before a trial of it runs: each problem once, with the rows that have it.
class SPANLAB_API Faults {
 public:
  /// `labels` names the rows that are looked at.
  explicit Faults(std::vector<std::string> labels) : labels_(std::move(labels)) {}

  void add(const Error& error, const RowNumbers& rows);

  /// Runs `action`, and takes over what it throws; false then. What is no Error becomes one of `otherwise`,
  /// at `place`.
  bool attempt(const RowNumbers& rows, ErrorKind otherwise, const std::string& place,
               const std::function<void()>& action);

  /// All of them, of the kind of the first; nothing where there are none.
  std::optional<Error> error() const;

 private:
  struct Fault {
    Problem problem;
    RowNumbers rows;
  };
  std::vector<std::string> labels_;
  std::vector<Fault> faults_;
  std::map<std::pair<std::string, std::string>, std::size_t> known_;  // by place and message
  std::optional<ErrorKind> kind_;
};

/// What a row's trials begin with; they differ in the seed alone.
struct RowInputs {
  Configuration configuration;
  std::int64_t seed = 0;  ///< of one of them
};

/// Does once for each different data set, encoder and model what every trial begins with, up to its first
/// step: reads the sentences, builds the components, lets the encoder read all sentences. No step is taken:
/// what a component does in training is the trial's own. One encoder is in memory at a time, and rows that
/// differ in their tasks share it.
SPANLAB_API void check_rows(const std::map<std::size_t, RowInputs>& rows, const Registry& registry,
                            const CardIndex& cards, Faults& faults);

}  // namespace spanlab::host
