// SPDX-License-Identifier: MIT
#include "run/watched_child.hpp"

#include <algorithm>
#include <csignal>

namespace spanlab::host {

namespace {

ChildSetup with_page(ChildSetup setup, const CallPage& page) {
  setup.arguments.insert(setup.arguments.end(), {"--calls", std::to_string(page.descriptor())});
  setup.inherited.push_back(page.descriptor());
  return setup;
}

}  // namespace

bool Patience::lasts(std::uint64_t calls, std::int64_t steps, Clock::time_point now) {
  constexpr std::chrono::seconds kLongestLook(1);
  if (looked_) idle_ += std::min<Clock::duration>(now - *looked_, kLongestLook);
  looked_ = now;
  if (calls != calls_ || steps != steps_) idle_ = {};
  calls_ = calls;
  steps_ = steps;
  return limit_.count() == 0 || idle_ < limit_;
}

WatchedChild::WatchedChild(ChildSetup setup, std::chrono::seconds stuck)
    : page_(std::make_unique<CallPage>()),
      child_(with_page(std::move(setup), *page_)),
      stuck_(stuck),
      patience_(stuck) {}

std::optional<ChildEnd> WatchedChild::ended() {
  std::optional<ChildEnd> end = child_.ended();
  if (!end) return end;
  end->calls = page_->last_calls();
  if (hung_ && end->signal == SIGKILL) end->stuck = stuck_;
  return end;
}

void WatchedChild::watch(std::int64_t steps) {
  if (!page_->is_used() || patience_.lasts(page_->finished_calls(), steps, Patience::Clock::now())) return;
  hung_ = true;
  child_.send(SIGKILL);
}

}  // namespace spanlab::host
