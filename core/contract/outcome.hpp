// SPDX-License-Identifier: MIT
#pragma once

#include <fmt/format.h>

#include <stdexcept>
#include <string>

#include "spanlab/contract.hpp"

// How an item says that a component did not pass.

namespace spanlab::host::suite {

using contract::Verdict;

/// Ends an item for one setting of a component.
class Ended : public std::runtime_error {
 public:
  Ended(Verdict verdict, const std::string& message) : std::runtime_error(message), verdict(verdict) {}
  const Verdict verdict;
};

template <typename... Values>
[[noreturn]] void fail(fmt::format_string<Values...> format, Values&&... values) {
  throw Ended(Verdict::failed, fmt::format(format, std::forward<Values>(values)...));
}

template <typename... Values>
[[noreturn]] void warn(fmt::format_string<Values...> format, Values&&... values) {
  throw Ended(Verdict::warned, fmt::format(format, std::forward<Values>(values)...));
}

template <typename... Values>
[[noreturn]] void pass_over(fmt::format_string<Values...> format, Values&&... values) {
  throw Ended(Verdict::not_applicable, fmt::format(format, std::forward<Values>(values)...));
}

}  // namespace spanlab::host::suite
