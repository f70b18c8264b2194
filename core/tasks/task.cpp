// SPDX-License-Identifier: MIT
#include "tasks/task.hpp"

#include "tasks/kind.hpp"

namespace spanlab::host {

bool Task::takes_spans() const { return kind->takes_spans(); }

std::size_t Task::types(const Inventory& inventory) const { return kind->types(inventory); }

double Task::weight_of(const std::string& output) const {
  const auto found = loss_weights.find(output);
  return found == loss_weights.end() ? weight : weight * found->second;
}

}  // namespace spanlab::host
