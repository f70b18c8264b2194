// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tasks/kind.hpp"

namespace spanlab::host {

/// Candidates are spans of words.
std::shared_ptr<const TaskKind> span_kind();
/// Candidates are ordered pairs of another task's spans.
std::shared_ptr<const TaskKind> pair_kind();
/// Candidates are all words; spans are assembled from their tags.
std::shared_ptr<const TaskKind> word_kind();

/// The kinds of tasks that a model can have, by the names that heads give them (Head::task_kind()).
class SPANLAB_API TaskKinds {
 public:
  /// `spans`, `pairs` and `words`.
  TaskKinds();

  /// Adds a kind, or puts it in the place of the one of this name.
  void add(const std::string& name, std::shared_ptr<const TaskKind> kind);

  /// The kind of the tasks that the head is made for. Throws Error(usage) if there is none of its name.
  std::shared_ptr<const TaskKind> of(const Head& head) const;

 private:
  std::map<std::string, std::shared_ptr<const TaskKind>> kinds_;
};

}  // namespace spanlab::host
