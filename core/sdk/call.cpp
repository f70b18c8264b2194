// SPDX-License-Identifier: MIT
#include "sdk/call.hpp"

#include <fmt/format.h>

#include <new>

#include "sdk/context_state.hpp"
#include "sdk/utf8.hpp"
#include "spanlab/error.hpp"

namespace spanlab {

namespace {

const std::string kNothing;

const std::string& component_of(const Context& context) {
  return context.state() ? context.state()->component : kNothing;
}

/// Says in which call there was no memory.
class OutOfMemory : public std::bad_alloc {
 public:
  explicit OutOfMemory(std::string text) : text_(std::move(text)) {}
  const char* what() const noexcept override { return text_.c_str(); }

 private:
  std::string text_;
};

}  // namespace

Call::Call(const Context& context, const char* function)
    : context_(context), function_(function), current_(component_of(context), function) {}

const std::string& Call::place() const { return context_.state() ? context_.state()->place : kNothing; }

std::string Call::subject() const {
  const std::string& component = component_of(context_);
  return fmt::format("{}: {}()", component.empty() ? "the component" : component, function_);
}

bool Call::checks_values() const {
  const Context::State* state = context_.state();
  return state && state->trial && state->trial->checks_values;
}

void Call::reject(const std::string& what) const {
  throw Error(ErrorKind::trial, place(), fmt::format("{} {}", subject(), what));
}

void Call::rethrow() const {
  try {
    throw;
  } catch (const Error& error) {
    std::vector<Problem> problems = error.problems();
    for (Problem& problem : problems) {
      if (!problem.place.empty()) continue;
      problem = {place(), fmt::format("{}: {}", subject(), problem.message)};
    }
    throw Error(error.kind(), std::move(problems));
  } catch (const std::bad_alloc&) {
    throw OutOfMemory(fmt::format("out of memory in {}", subject()));
  } catch (const std::exception& error) {
    throw Error(ErrorKind::trial, place(), fmt::format("{} threw: {}", subject(), first_line(error.what())));
  } catch (...) {
    throw Error(ErrorKind::trial, place(),
                fmt::format("{} threw something that is no std::exception", subject()));
  }
}

}  // namespace spanlab
