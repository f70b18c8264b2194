// SPDX-License-Identifier: MIT
#include "sdk/problem_list.hpp"

#include <cctype>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "sdk/number_text.hpp"

namespace spanlab {

namespace {

constexpr std::string_view kBefore = "… and ";
constexpr std::string_view kAfter = " more of this kind";
constexpr std::string_view kAfterAll = " more problems";
constexpr std::size_t kWorthCondensing = 1024;

// What a line that counts others counts, 0 for other lines.
std::int64_t counted(std::string_view message) {
  if (!message.starts_with(kBefore) || !(message.ends_with(kAfter) || message.ends_with(kAfterAll))) return 0;
  std::int64_t number = 0;
  for (const char c : message.substr(kBefore.size())) {
    if (c == ' ') break;
    if (std::isdigit(static_cast<unsigned char>(c))) number = 10 * number + (c - '0');
  }
  return number;
}

bool is_letter_or_digit(std::string_view text, std::size_t at) {
  return at < text.size() && std::isalnum(static_cast<unsigned char>(text[at])) != 0;
}

// Where a quotation that begins at `at` ends; npos if none does. An apostrophe inside a word is no quotation
// mark.
std::size_t end_of_quotation(std::string_view text, std::size_t at) {
  const char mark = text[at];
  if ((mark != '\'' && mark != '"') || (at > 0 && is_letter_or_digit(text, at - 1))) return text.npos;
  std::size_t end = text.find(mark, at + 1);
  while (end != text.npos && is_letter_or_digit(text, end + 1)) end = text.find(mark, end + 1);
  return end;
}

// The message without its numbers and quotations.
std::string kind_of(std::string_view message) {
  std::string kind;
  for (std::size_t at = 0; at < message.size(); ++at) {
    if (const std::size_t end = end_of_quotation(message, at); end != message.npos) {
      kind += "''";
      at = end;
    } else if (std::isdigit(static_cast<unsigned char>(message[at]))) {
      if (kind.empty() || kind.back() != '#') kind += '#';
    } else {
      kind += message[at];
    }
  }
  return kind;
}

struct Kind {
  std::size_t kept = 0;
  std::int64_t more = 0;
  std::size_t last = 0;  // the place of the last one that is kept
};

std::string count_of(std::int64_t number, std::string_view what) {
  return std::string(kBefore) + with_commas(number) + std::string(what);
}

}  // namespace

void condense(std::vector<Problem>& problems) {
  if (problems.size() <= kMostOfAKind) return;
  std::unordered_map<std::string, Kind> kinds;
  std::vector<std::pair<Problem, Kind*>> kept;
  Kind* kind = nullptr;  // of the problem before, which a count belongs to
  std::int64_t others = 0;
  for (Problem& problem : problems) {
    if (const std::int64_t number = counted(problem.message); number > 0) {
      (kind && problem.message.ends_with(kAfter) ? kind->more : others) += number;
      continue;
    }
    const std::string name = kind_of(problem.message);
    const bool full = kept.size() >= kMostProblems;
    kind = full && !kinds.contains(name) ? nullptr : &kinds[name];
    if (kind && !full && kind->kept < kMostOfAKind) {
      ++kind->kept;
      kind->last = kept.size();
      kept.emplace_back(std::move(problem), kind);
    } else {
      ++(kind ? kind->more : others);
    }
  }
  problems.clear();
  for (std::size_t i = 0; i < kept.size(); ++i) {
    problems.push_back(std::move(kept[i].first));
    const Kind& own = *kept[i].second;
    if (own.last == i && own.more > 0) problems.push_back({"", count_of(own.more, kAfter)});
  }
  if (others > 0) problems.push_back({"", count_of(others, kAfterAll)});
}

void add_problem(std::vector<Problem>& problems, std::string place, std::string message) {
  // Only where the list would have to grow, so that one of many kinds is not gone through each time.
  if (problems.size() == problems.capacity() && problems.size() >= kWorthCondensing) {
    condense(problems);
  }
  problems.push_back({std::move(place), std::move(message)});
}

bool is_count(const Problem& problem) { return problem.place.empty() && counted(problem.message) > 0; }

std::int64_t number_of(std::span<const Problem> problems) {
  std::int64_t number = 0;
  for (const Problem& problem : problems) number += is_count(problem) ? counted(problem.message) : 1;
  return number;
}

}  // namespace spanlab
