// SPDX-License-Identifier: MIT
#include "run/child.hpp"

#include "run/made_run.hpp"

namespace spanlab::test {

BOOST_AUTO_TEST_CASE(a_child_gets_what_the_environment_lacks) {
  BOOST_REQUIRE(std::getenv("PATH"));
  const TemporaryFolder folder;
  const std::filesystem::path log = folder.path() / "log";
  Child child({.program = "/usr/bin/env",
               .arguments = {},
               .log = log,
               .cores = {},
               .environment = {"SPANLAB_TEST_LACKING=here", "PATH=/nowhere"}});
  BOOST_TEST(MadeRun::await(child).exit_code == 0);
  const std::string lines = "\n" + read_file(log);
  BOOST_TEST(lines.find("\nSPANLAB_TEST_LACKING=here\n") != lines.npos);
  BOOST_TEST(lines.find("\nPATH=" + std::string(std::getenv("PATH")) + "\n") != lines.npos);
  BOOST_TEST(lines.find("\nPATH=/nowhere\n") == lines.npos);
}

}  // namespace spanlab::test
