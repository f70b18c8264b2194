// SPDX-License-Identifier: MIT
#include "sdk/call.hpp"

#include <fmt/format.h>

#include "sdk/context_state.hpp"
#include "sdk/out_of_memory.hpp"
#include "sdk/utf8.hpp"
#include "spanlab/error.hpp"

namespace spanlab {

namespace {

const std::string kNothing;

const std::string& component_of(const Context& context) {
  return context.state() ? context.state()->component : kNothing;
}

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
  } catch (const host::OutOfMemory&) {
    throw;  // of a component inside this one
  } catch (const std::bad_alloc&) {
    throw host::OutOfMemory(fmt::format("out of memory in {}", subject()));
  } catch (const std::exception& error) {
    if (host::says_out_of_memory(error))
      throw host::OutOfMemory(fmt::format("out of memory in {}", subject()));
    throw Error(ErrorKind::trial, place(), fmt::format("{} threw: {}", subject(), first_line(error.what())));
  } catch (...) {
    throw Error(ErrorKind::trial, place(),
                fmt::format("{} threw something that is no std::exception", subject()));
  }
}

}  // namespace spanlab
