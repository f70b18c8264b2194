// SPDX-License-Identifier: MIT
#include "spanlab/error.hpp"

#include <algorithm>

#include "sdk/problem_list.hpp"
#include "sdk/utf8.hpp"

namespace spanlab {

namespace {

// The text of the list, condensed.
std::string lines(std::vector<Problem>& problems) {
  condense(problems);
  std::string text;
  for (const Problem& problem : problems) {
    if (!text.empty()) text += '\n';
    if (!problem.place.empty()) text += problem.place + ": ";
    text += problem.message;
  }
  return text;
}

constexpr std::size_t kLongestGiven = 1000;  // nothing that long is a misspelling

// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours cost one each.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }
  return d[a.size()][b.size()];
}

}  // namespace

Error::Error(ErrorKind kind, std::string place, std::string message)
    : Error(kind, std::vector<Problem>{{std::move(place), std::move(message)}}) {}

Error::Error(ErrorKind kind, std::vector<Problem> problems)
    : std::runtime_error(valid_utf8(lines(problems))), kind_(kind), problems_(std::move(problems)) {
  // Whoever throws, a plugin as well: what an error says is stored and printed as text.
  for (Problem& problem : problems_) problem = {valid_utf8(problem.place), valid_utf8(problem.message)};
}

Error::~Error() = default;

std::string nearest(std::string_view given, std::span<const std::string> known) {
  std::string best;
  std::size_t smallest = std::max<std::size_t>(2, given.size() / 3) + 1;
  if (given.size() > kLongestGiven) return best;
  for (const std::string& name : known) {
    if (name.size() >= given.size() + smallest || given.size() >= name.size() + smallest) {
      continue;  // at least as far as the lengths
    }
    std::size_t d = distance(given, name);
    if (d < smallest) {
      smallest = d;
      best = name;
    }
  }
  return best;
}

std::string did_you_mean(std::string_view given, std::span<const std::string> known) {
  std::string name = nearest(given, known);
  return name.empty() ? std::string() : "; did you mean '" + name + "'?";
}

}  // namespace spanlab
