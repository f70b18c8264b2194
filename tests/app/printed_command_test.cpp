// SPDX-License-Identifier: MIT
#include "app/printed_command.hpp"

#include "test.hpp"

namespace spanlab::host::app {

BOOST_AUTO_TEST_CASE(a_printed_command_finds_what_this_one_found) {
  Places places;
  BOOST_TEST(printed_command(places, {"doctor"}) == "spanlab doctor");
  places.data_path = {"my data"};
  places.plugin_path = {"p.so"};
  BOOST_TEST(printed_command(places, {"doctor"}) ==
             "spanlab doctor --data-path 'my data' --plugin-path p.so");
  places.runs = "elsewhere";
  BOOST_TEST(printed_command(places, {"status", "it"}) ==
             "spanlab status it --data-path 'my data' --plugin-path p.so --runs elsewhere");
}

BOOST_AUTO_TEST_CASE(commands_in_a_message_get_the_options) {
  Places places;
  places.data_path = {"d"};
  BOOST_TEST(with_options(places, "`spanlab data list` and `spanlab doctor`, not `ls`") ==
             "`spanlab data list --data-path d` and `spanlab doctor --data-path d`, not `ls`");
  BOOST_TEST(with_options(places, "an open `spanlab quote") == "an open `spanlab quote");
}

}  // namespace spanlab::host::app
