// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "report/tables.hpp"

namespace spanlab::host {

/// What a comparison says, as a sentence.
struct Answer {
  std::string text;
  Outcome outcome = Outcome::undecided;
  std::string metric;
  /// The same in few words; empty where nothing was compared.
  std::string verdict;
  /// Of the rows that were compared; empty where nothing was.
  std::string row;
  std::string other;
};

/// A sentence for each comparison of the tables, those of the first metric first; without any, one for each
/// table that says so and names the best row.
std::vector<Answer> make_answers(const std::vector<std::string>& metrics, const ReportRequest& request,
                                 const std::vector<ResultTable>& tables);

/// How comparisons were tested, for whom and with what correction; empty without comparisons.
std::string procedure_text(const ReportRequest& request, const std::vector<ResultTable>& tables);

}  // namespace spanlab::host
