// SPDX-License-Identifier: MIT
#include "tasks/kinds.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <ranges>

#include "spanlab/error.hpp"

namespace spanlab::host {

TaskKinds::TaskKinds() : kinds_{{"spans", span_kind()}, {"pairs", pair_kind()}, {"words", word_kind()}} {}

void TaskKinds::add(const std::string& name, std::shared_ptr<const TaskKind> kind) {
  kinds_[name] = std::move(kind);
}

std::shared_ptr<const TaskKind> TaskKinds::of(const Head& head) const {
  const std::string name = head.task_kind();
  const auto found = kinds_.find(name);
  if (found != kinds_.end()) return found->second;
  throw Error(ErrorKind::usage, "",
              fmt::format("the head is made for tasks of the kind '{}', which does not exist; there are: {}",
                          name, fmt::join(std::views::keys(kinds_), ", ")));
}

}  // namespace spanlab::host
