// SPDX-License-Identifier: MIT
#include "run/watched_child.hpp"

#include "test.hpp"

namespace spanlab::test {

using namespace std::chrono_literals;

BOOST_AUTO_TEST_CASE(patience_lasts_as_long_as_something_happens) {
  Patience patience(10s);
  Patience::Clock::time_point now;
  const auto lasts = [&](std::uint64_t calls, std::int64_t steps, std::chrono::milliseconds later) {
    now += later;
    return patience.lasts(calls, steps, now);
  };
  bool lasted = lasts(0, 0, 0s);
  for (int second = 1; second < 10; ++second) lasted = lasted && lasts(0, 0, 1s);
  BOOST_TEST(lasted);
  BOOST_TEST(lasts(1, 0, 1s));  // a call
  for (int second = 1; second < 10; ++second) lasted = lasted && lasts(1, 0, 1s);
  BOOST_TEST(lasts(1, 1, 1s));  // a step
  for (int second = 1; second < 10; ++second) lasted = lasted && lasts(1, 1, 1s);
  BOOST_TEST(lasted);
  BOOST_TEST(!lasts(1, 1, 1s));
}

BOOST_AUTO_TEST_CASE(time_in_which_nobody_looked_does_not_count) {
  Patience patience(10s);
  Patience::Clock::time_point now;
  for (int looks = 0; looks < 10; ++looks) {
    BOOST_TEST(patience.lasts(0, 0, now));
    now += 1h;
  }
  BOOST_TEST(!patience.lasts(0, 0, now));
  BOOST_TEST(Patience(0s).lasts(0, 0, now));
}

}  // namespace spanlab::test
