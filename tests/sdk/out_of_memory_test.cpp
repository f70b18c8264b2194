// SPDX-License-Identifier: MIT
#include "sdk/out_of_memory.hpp"

#include <ATen/ATen.h>

#include <stdexcept>

#include "spanlab/error.hpp"
#include "test.hpp"

namespace spanlab {

BOOST_AUTO_TEST_CASE(a_tensor_beyond_memory_is_want_of_memory) {
  constexpr std::int64_t kPebibyte = std::int64_t{1} << 50;
  BOOST_CHECK_THROW(memory_told([&] { return at::empty({kPebibyte}, at::kByte); }), std::bad_alloc);
}

BOOST_AUTO_TEST_CASE(other_faults_of_tensors_stay_what_they_are) {
  BOOST_CHECK_THROW(memory_told([] { return at::ones({2}) + at::ones({3}); }), c10::Error);
}

BOOST_AUTO_TEST_CASE(what_others_say_of_memory_is_not_read) {
  BOOST_CHECK_THROW(memory_told([]() -> int { throw std::runtime_error("out of memory"); }),
                    std::runtime_error);
  BOOST_CHECK_THROW(memory_told([]() -> int { throw Error(ErrorKind::plugin, "", "out of memory"); }), Error);
}

BOOST_AUTO_TEST_CASE(an_answer_comes_through) {
  BOOST_TEST(memory_told([] { return 7; }) == 7);
}

}  // namespace spanlab
