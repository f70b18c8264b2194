// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <span>

#include "parity/fixtures.hpp"
#include "statistics/system_counts.hpp"
#include "statistics/t_tests.hpp"

namespace spanlab::test {

/// Every record of every file below `statistics/` of the fixtures for which `is_one` holds: lines of *.jsonl,
/// and the lists in *.json (also below a name). Given with its place, `small_samples.jsonl:3`.
void for_each_statistics_case(
    const std::function<bool(const nlohmann::json&)>& is_one,
    const std::function<void(const nlohmann::json&, const std::string& place)>& check);

/// Counts of one system: `documents[d][seed]` or `seeds[seed][d]` are [tp, fp, fn].
SystemCounts counts_by_seed(const nlohmann::json& seeds);
SystemCounts counts_by_document(const std::vector<nlohmann::json>& documents, const std::string& system);

/// Numbers as Python writes them: null is NaN, "inf" is infinite.
double number_of(const nlohmann::json& value);

/// The README's tolerance of closed forms: 1e-9 relative, 1e-12 absolute near 0.
void closed(Comparison& comparison, const std::string& kind, double got, const nlohmann::json& expected,
            const std::string& place);
/// A p value: 1e-9.
void p_value(Comparison& comparison, const std::string& kind, double got, const nlohmann::json& expected,
             const std::string& place);
/// Both limits, at the tolerance of closed forms.
void limits(Comparison& comparison, const std::string& kind, const Interval& got,
            const nlohmann::json& expected, const std::string& place);
/// Those of t, df, p_two_sided, p_greater, interval_95, mean, standard_error that the fixture has; a test
/// that is undefined must be null there.
void t_test(Comparison& comparison, const std::string& kind, const std::optional<TTest>& got,
            const nlohmann::json& expected, const std::string& place);

}  // namespace spanlab::test
