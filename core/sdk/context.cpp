// SPDX-License-Identifier: MIT
#include "spanlab/context.hpp"

#include <ATen/Parallel.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sdk/context_state.hpp"
#include "spanlab/error.hpp"

namespace spanlab {

namespace {

bool is_name(std::string_view name) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return !name.empty() && is_letter(name.front()) &&
         std::ranges::all_of(name, [&](char c) { return is_letter(c) || is_digit(c); });
}

host::TrialContext* trial_of(const Context::State* state) { return state ? state->trial.get() : nullptr; }

}  // namespace

Component::~Component() = default;

Progress Context::progress() const {
  const host::TrialContext* trial = trial_of(state());
  return trial ? trial->progress() : Progress();
}

void Context::log(std::string_view text) const {
  const host::TrialContext* trial = trial_of(state());
  if (trial && trial->log) trial->log(fmt::format("{}: {}", state()->place, text));
}

void Context::record(std::string_view name, double value) const {
  const std::string place = state_ ? state_->place : "";
  if (!is_name(name)) {
    constexpr const char* kMessage =
        "records a value as '{}'; expected a name of letters, digits and `_`, no digit first";
    throw Error(ErrorKind::trial, place, fmt::format(kMessage, name));
  }
  if (!std::isfinite(value)) {
    throw Error(ErrorKind::trial, place,
                fmt::format("records '{}' as {}; expected a finite number", name, value));
  }
  if (host::TrialContext* trial = trial_of(state())) trial->record(fmt::format("{}.{}", place, name), value);
}

int Context::threads() const { return at::in_parallel_region() ? 1 : at::get_num_threads(); }

std::optional<std::filesystem::path> Context::cache(std::string_view content) const {
  const host::TrialContext* trial = trial_of(state());
  if (!trial || !trial->cache) return std::nullopt;
  return trial->cache(fmt::format("{}\n{}", state()->code, content));
}

namespace host {

void TrialContext::begin_step(const Progress& progress) {
  const std::scoped_lock lock(mutex_);
  progress_ = progress;
  records_.clear();
}

Progress TrialContext::progress() const {
  const std::scoped_lock lock(mutex_);
  return progress_;
}

void TrialContext::record(const std::string& path, double value) {
  const std::scoped_lock lock(mutex_);
  records_[path] += {value, 1};
}

std::map<std::string, RunningMean> TrialContext::take_records() {
  const std::scoped_lock lock(mutex_);
  return std::exchange(records_, {});
}

Context context_at(std::shared_ptr<TrialContext> trial, std::string place) {
  return Context(
      std::make_shared<Context::State>(Context::State{std::move(place), "", "", std::move(trial)}));
}

Context context_inside(const Context& outer, const std::string& name) {
  if (!outer.state()) return context_at(nullptr, name);
  return context_at(outer.state()->trial, fmt::format("{}.{}", outer.state()->place, name));
}

Context named(const Context& context, std::string component, std::string code) {
  Context::State state = context.state() ? *context.state() : Context::State();
  state.component = std::move(component);
  state.code = std::move(code);
  return Context(std::make_shared<Context::State>(std::move(state)));
}

}  // namespace host

}  // namespace spanlab
