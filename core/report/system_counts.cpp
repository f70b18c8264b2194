// SPDX-License-Identifier: MIT
#include "report/system_counts.hpp"

#include "results/claim_test.hpp"

namespace spanlab::host {
namespace {

/// Adds a trial's counts as one more seed; says what is in the way.
std::string add(const TrialResult& trial, const std::string& metric, SystemCounts& system, Ratio& ratio) {
  if (!trial.counts) {
    // Its further lines list what there is on this machine.
    const std::string& trouble = trial.counts_trouble;
    return "no counts by text: " + trouble.substr(0, trouble.find('\n'));
  }
  const std::optional<Ratio> added = add_seed(*trial.counts, metric, system);
  if (!added) return "no ratio of counts: only micro averages and single types are tested over texts";
  ratio = *added;
  return "";
}

}  // namespace

ComparedCounts compared_counts(const std::vector<SeedValue>& a, const std::vector<SeedValue>& b,
                               const std::string& metric) {
  ComparedCounts compared;
  const TrialResult* first = nullptr;
  for (const auto& [values, system] : {std::pair(&a, &compared.a), std::pair(&b, &compared.b)}) {
    for (const SeedValue& value : *values) {
      compared.reason = add(*value.trial, metric, *system, compared.ratio);
      if (!compared.reason.empty()) return compared;
      if (!first) first = value.trial;
      if (value.trial->counts->documents != first->counts->documents) {
        compared.reason = "they were scored on different texts";
        return compared;
      }
    }
  }
  if (first) compared.unit = first->counts->unit;
  return compared;
}

}  // namespace spanlab::host
