// SPDX-License-Identifier: MIT
#include <ATen/ATen.h>
#include <malloc.h>

#include <chrono>

#include "contract/items.hpp"

namespace spanlab::host::suite {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kMostCalls = 60, kLeastCalls = 4;
constexpr std::chrono::milliseconds kEnough(100);  // of calls, where there have been the least
constexpr int kRoundsOfGrowth = 3;
// Bytes of a round and of a call that are no leak: what a library keeps now and then.
constexpr std::int64_t kGrowth = 16 << 10, kGrowthOfCall = 1 << 10;

std::int64_t bytes_in_use() {
  const struct mallinfo2 now = mallinfo2();
  return static_cast<std::int64_t>(now.uordblks + now.hblkhd);
}

// How often it was asked.
int ask_often(const Case& one, Built& built, const Scene& scene) {
  const auto begun = Clock::now();
  int calls = 0;
  while (calls < kLeastCalls || (calls < kMostCalls && Clock::now() - begun < kEnough)) {
    one.asked(built, scene, Mode::training);
    one.asked(built, scene, Mode::evaluation);
    calls += 2;
  }
  return calls;
}

struct Growth {
  std::int64_t bytes = 0;
  int calls = 1;

  std::int64_t each() const { return bytes / calls; }
};

Growth growth(const Case& one, Built& built, const Scene& scene) {
  const std::int64_t before = bytes_in_use();
  const int calls = ask_often(one, built, scene);
  return {bytes_in_use() - before, calls};
}

std::string time_text(double seconds) {
  if (seconds < 1e-3) return fmt::format("{:.3g} µs", seconds * 1e6);
  return fmt::format("{:.3g} ms", seconds * 1e3);
}

const char* counted(ComponentKind kind) {
  if (kind == ComponentKind::encoder) return "unit";
  const bool sentences =
      kind == ComponentKind::sampler || kind == ComponentKind::labeler || kind == ComponentKind::reader;
  return sentences ? "sentence" : "candidate";
}

}  // namespace

std::string check_memory(const Case& one) {
  const auto built = one.build();
  const Scene scene = one.scene();
  ask_often(one, *built, scene);
  // What is kept once, a table or a thread's arena, is not kept a second time.
  Growth least = growth(one, *built, scene);
  for (int round = 1; round < kRoundsOfGrowth && least.bytes > kGrowth; ++round)
    least = std::min(least, growth(one, *built, scene),
                     [](const Growth& a, const Growth& b) { return a.bytes < b.bytes; });
  if (least.bytes > kGrowth && least.each() > kGrowthOfCall)
    fail("keeps {} bytes more with each call", least.each());
  return "";
}

std::string check_cost(const Case& one) {
  constexpr std::chrono::milliseconds kLong(20);
  const auto built = one.build();
  const Scene scene = one.scene();
  const auto size = std::max<std::int64_t>(built->size(scene), 1);
  const auto begun = Clock::now();
  std::chrono::duration<double> passed(0);
  int calls = 0;
  for (; passed < kLong; ++calls) {
    one.asked(*built, scene, Mode::evaluation);
    passed = Clock::now() - begun;
  }
  const double each = passed.count() / calls / static_cast<double>(size);
  return fmt::format("{} a {}", time_text(each), counted(one.subject.kind));
}

}  // namespace spanlab::host::suite
