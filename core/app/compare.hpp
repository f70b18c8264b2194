// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/configuration_diff.hpp"
#include "app/error_examples.hpp"
#include "evaluate/error_counts.hpp"
#include "spanlab/export.hpp"
#include "results/claim_test.hpp"

namespace spanlab::host::app {

struct CompareOptions {
  std::string a;
  std::string b;
  std::optional<std::string> group;
  std::int64_t limit = 10;          ///< sentences of each side at most; 0: all
  std::optional<std::string> html;  ///< a file for the page
};

/// One score of both, in points, and what can be claimed of the difference, b less a.
struct ComparedScore {
  std::string path;  ///< `relation.strict.f1`
  std::vector<double> a;
  std::vector<double> b;
  std::string claim;  ///< `the method`, …: what the test is about
  ClaimTest test;     ///< of b less a
};

/// F1 of a type over all trials of each side together.
struct ComparedType {
  std::string type;  ///< `entity Peop`, `relation Kill` (strict)
  Score a;
  Score b;
};

/// A sentence that the two sides get right in different shares of their trials: no wrong or missing entity
/// and strict relation.
struct ComparedSentence {
  std::size_t sentence = 0;
  std::string id;
  std::string text;
  double right_a = 0;  ///< share of trials
  double right_b = 0;
  double errors_a = 0;  ///< per trial
  double errors_b = 0;
  std::vector<ErrorExample> wrong_a;
  std::vector<ErrorExample> wrong_b;
};

/// A row of two studies that has one label in both; empty scores: not finished.
struct ComparedRow {
  std::string label;
  std::vector<ComparedScore> scores;
};

struct Compared {
  ChosenTrials a;
  ChosenTrials b;
  std::size_t trials_a = 0;  ///< that are finished
  std::size_t trials_b = 0;
  std::vector<ConfigurationDifference> configuration;
  std::vector<ComparedScore> scores;      ///< of trials and rows
  std::vector<ComparedType> types;        ///< those below need the same sentences
  std::vector<ComparedSentence> a_right;  ///< most telling first
  std::vector<ComparedSentence> b_right;
  std::size_t a_right_found = 0;
  std::size_t b_right_found = 0;
  std::vector<ComparedRow> rows;    ///< of two studies
  std::vector<std::string> only_a;  ///< rows without a counterpart
  std::vector<std::string> only_b;
  std::vector<std::string> notes;  ///< what could not be told, and why
};

/// Two trials or rows, or two studies row by row. Throws Error(usage) for a study against a row, and where
/// nothing is finished; Error(data or environment) where predictions or data cannot be read.
SPANLAB_API Compared compare(const CompareOptions& options, const Places& places);

/// All of it as text of JSON.
SPANLAB_API std::string compared_json(const Compared& compared);

}  // namespace spanlab::host::app
