// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "spanlab/export.hpp"

namespace spanlab {

/// What went wrong, by who can mend it. Each kind has its exit code (usage 2, plugin 3, data 4, environment
/// 5; trial 1).
enum class ErrorKind { usage, plugin, data, environment, trial };

/// One thing that is wrong: where (`file:line`, a path such as `entity.depth`, or empty) and what, with what
/// was expected.
struct Problem {
  std::string place;
  std::string message;
};

/// Ends what is being done. Holds every problem found, not just the first; `what()` has one line per problem.
class SPANLAB_API Error : public std::runtime_error {
 public:
  Error(ErrorKind kind, std::string place, std::string message);
  /// `problems` must not be empty.
  Error(ErrorKind kind, std::vector<Problem> problems);
  ~Error() override;

  ErrorKind kind() const { return kind_; }
  const std::vector<Problem>& problems() const { return problems_; }

 private:
  ErrorKind kind_;
  std::vector<Problem> problems_;
};

/// The known name closest to `given` (edit distance, transpositions count once), or empty if none is close
/// enough to suggest.
SPANLAB_API std::string nearest(std::string_view given, std::span<const std::string> known);

/// `; did you mean 'X'?` for the nearest of `known`, or empty: to be appended to a message.
SPANLAB_API std::string did_you_mean(std::string_view given, std::span<const std::string> known);

}  // namespace spanlab
