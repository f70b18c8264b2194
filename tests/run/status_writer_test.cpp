// SPDX-License-Identifier: MIT
#include "run/status_writer.hpp"

#include "made_run.hpp"
#include "spanlab/error.hpp"

using namespace spanlab;
using namespace spanlab::host;
using test::holds_at_last;

BOOST_AUTO_TEST_SUITE(status_writer)

namespace {

// Puts a folder where the status belongs, which nothing replaces, or takes it away.
void block(const std::filesystem::path& folder) {
  std::filesystem::remove(folder / "status.json");
  std::filesystem::create_directories(folder / "status.json" / "in the way");
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_heartbeat_that_fails_is_passed_over) {
  test::TemporaryFolder folder;
  block(folder.path());
  StatusWriter writer({1, folder.path(), {}});  // its first heartbeat fails here
  BOOST_TEST(!writer.broken());
  std::filesystem::remove_all(folder.path() / "status.json");
  BOOST_TEST(holds_at_last([&] { return std::filesystem::is_regular_file(folder.path() / "status.json"); }));
  writer.end(AttemptState::finished, "");
  BOOST_TEST(read_file(folder.path() / "status.json").find("\"finished\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_fault_that_lasts_ends_the_training) {
  test::TemporaryFolder folder;
  block(folder.path());
  StatusWriter writer({1, folder.path(), {}});
  BOOST_TEST(holds_at_last([&] { return writer.broken(); }));
  BOOST_CHECK_EXCEPTION(writer.end(AttemptState::finished, ""), Error,
                        [](const Error& e) { return e.kind() == ErrorKind::environment; });
}

BOOST_AUTO_TEST_SUITE_END()
