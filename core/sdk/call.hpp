// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>

#include "sdk/current_call.hpp"
#include "spanlab/context.hpp"

namespace spanlab {

/// One call of a component by the host. As long as it lasts, the process's page names it.
class SPANLAB_API Call {
 public:
  /// `context` must outlive the call.
  Call(const Context& context, const char* function);
  Call(Context&& context, const char* function) = delete;

  /// Does the component's part. What it throws comes out with the component and the function in front, but
  /// for an Error with a place of its own, which says all (of the data that it was given). Of memory that is
  /// not there as std::bad_alloc.
  template <typename Action>
  decltype(auto) operator()(Action&& action) const {
    try {
      return std::forward<Action>(action)();
    } catch (...) {
      rethrow();
    }
  }

  /// Throws Error(trial): the component `what`.
  [[noreturn]] void reject(const std::string& what) const;

  /// Where the component stands in the configuration, and what it is called in messages, with the function.
  const std::string& place() const;
  std::string subject() const;
  bool checks_values() const;

 private:
  [[noreturn]] void rethrow() const;

  const Context& context_;
  const char* function_;
  host::CurrentCall current_;
};

}  // namespace spanlab
