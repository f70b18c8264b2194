// SPDX-License-Identifier: MIT
#include "report/chart.hpp"

#include "files/file_names.hpp"

namespace spanlab::host {

std::string Chart::name() const { return file_name_of(words, '-'); }

std::size_t chart_row(const ResultRow& row) { return row.trials.empty() ? 0 : row.trials[0]->row; }

}  // namespace spanlab::host
