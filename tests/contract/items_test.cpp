// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <set>

#include "contract/suite.hpp"
#include "files/files.hpp"
#include "test.hpp"

namespace spanlab::test {

BOOST_AUTO_TEST_SUITE(items)

BOOST_AUTO_TEST_CASE(each_has_a_name_of_its_own_and_its_line_in_the_documents) {
  const std::string page = read_file(source_folder() / "docs/plugins.md");
  std::set<std::string> names;
  for (const suite::ItemText& item : suite::item_texts()) {
    BOOST_TEST(names.insert(item.name).second, item.name << " stands twice");
    const std::string line = fmt::format("\n| `{}` | {} | ", item.name, item.promise);
    BOOST_TEST(page.find(line) != page.npos, "docs/plugins.md lacks" << line);
  }
  BOOST_TEST(names.size() > 20u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace spanlab::test
