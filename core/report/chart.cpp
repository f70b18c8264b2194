// SPDX-License-Identifier: MIT
#include "report/chart.hpp"

#include "files/file_names.hpp"

namespace spanlab::host {

std::string Chart::name() const { return file_name_of(words, '-'); }

}  // namespace spanlab::host
