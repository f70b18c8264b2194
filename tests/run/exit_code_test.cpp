// SPDX-License-Identifier: MIT
#include "run/exit_code.hpp"

#include <algorithm>
#include <set>

#include "test.hpp"

namespace spanlab {

BOOST_AUTO_TEST_CASE(an_error_comes_back_from_its_exit_code) {
  for (ErrorKind kind : {ErrorKind::usage, ErrorKind::plugin, ErrorKind::data, ErrorKind::environment}) {
    const int code = static_cast<int>(exit_code_of(kind));
    BOOST_TEST(tells_error(code));
    BOOST_TEST((error_kind(code) == kind));
  }
}

BOOST_AUTO_TEST_CASE(other_codes_tell_no_error_that_holds_for_others) {
  const ExitCode failed = exit_code_of(ErrorKind::trial);
  BOOST_TEST((failed == ExitCode::trials_failed));
  for (int code : {0, static_cast<int>(failed), 6, 9, 126, 127, 130, 139}) BOOST_TEST(!tells_error(code));
  BOOST_TEST((error_kind(127) == ErrorKind::environment));
}

BOOST_AUTO_TEST_CASE(each_code_has_one_meaning_and_they_rise) {
  std::set<int> codes;
  int last = -1;
  for (const ExitMeaning& meaning : exit_meanings()) {
    BOOST_TEST(static_cast<int>(meaning.code) > last);
    last = static_cast<int>(meaning.code);
    codes.insert(last);
    BOOST_TEST(!meaning.text.empty());
  }
  BOOST_TEST(codes == (std::set<int>{0, 1, 2, 3, 4, 5, 130}), boost::test_tools::per_element());
}

}  // namespace spanlab
