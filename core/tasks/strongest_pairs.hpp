// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <vector>

#include "tasks/decisions.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host {

/// Collects decisions about pairs, sentence after sentence, and keeps the strongest `most` of each, so that
/// memory does not grow with all that are decided on.
class SPANLAB_API StrongestPairs {
 public:
  StrongestPairs(std::int64_t sentences, std::int64_t most);

  /// `decision.row` counts all pairs; `ends`: head and tail among the decisions about spans.
  void add(const Decision& decision, const Pair& ends);

  /// See TaskDecisions::keep().
  void keep(Scored chunk) { found_->keep(std::move(chunk)); }

  std::unique_ptr<PairDecisions> finish();

 private:
  std::int64_t count() const { return std::ssize(found_->decisions) - first_; }
  void end_sentence(std::int64_t next);
  std::vector<std::int64_t> numbers() const;
  void keep_only(std::span<const std::int64_t> numbers);
  void leave_out();
  void put_in_order();

  std::unique_ptr<PairDecisions> found_ = std::make_unique<PairDecisions>();
  std::int64_t most_;
  std::int64_t sentence_ = -1;  // whose decisions come
  std::int64_t first_ = 0;      // where they begin
};

}  // namespace spanlab::host
