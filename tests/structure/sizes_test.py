# SPDX-License-Identifier: MIT
"""How large sources and functions are: no source above 300 lines, and functions that do little."""
import pathlib
import sys
import unittest

import functions
from tree import ROOT, files

sys.path.insert(0, str(ROOT / "tests"))
import counted  # noqa: E402

SOURCE_LINES = 300
FUNCTION_LINES, FUNCTION_TOKENS = 9, 60  # in the median of core and plugins
SOURCES = {".cpp", ".hpp", ".py", ".lua", ".sh"}

MADE_UP = """// SPDX-License-Identifier: MIT
#include "no/function(here).hpp"
#define TWICE(x) { x; x; }
namespace a {
const std::vector<int> values{f(1), 2};                      // no function
const auto twice = [](int x) { return 2 * x; };              // a value
enum class Side { left, right };
template <class T, int n = 3>
struct Pair : Base<T> {
  explicit Pair(T one) : one_{one}, other_(make(one)) {}     // explicit Pair T one one_ one other_ make one
  bool operator==(const Pair& other) const = default;
  T one() const { return one_; }                             // T one const return one_
  T one_ = T(), other_{};
};
int declared(int);
/* int commented() { return 1; } */
static std::string text(const char* name, char c = '{') {    // static std string text const char * name
  auto add = [&](int more) {                                 // char c = '{' auto add = & int more
    return more + 0x1p-3 + 1'000;                            // return more + 0x1p-3 + 1'000
  };
  return R"(} " {)" + std::string("}") + name;               // return R"(} " {)" + std string "}" + name
}

BOOST_AUTO_TEST_CASE(something) { CHECK(1 <= 2); }           // BOOST_AUTO_TEST_CASE something CHECK 1 <= 2
}  // namespace a
"""


def long_sources(paths):
    counts = [(len(path.read_text(encoding="utf-8").splitlines()), path) for path in paths]
    return [f"{path.relative_to(ROOT)}: {count} lines" for count, path in counts if count > SOURCE_LINES]


class Sizes(unittest.TestCase):
    maxDiff = None

    def test_no_long_source(self):
        folders = {"core", "plugins", "tests"}
        sources = [path for path in files() if path.suffix in SOURCES]
        paths = [path for path in sources if path.relative_to(ROOT).parts[0] in folders]
        self.assertGreater(len(paths), 400)
        self.assertEqual(long_sources(paths), [])

    def test_functions_do_little(self):
        found = functions.functions_in([ROOT / "core", ROOT / "plugins"])
        self.assertGreater(len(found), 1000)
        lines, tokens = functions.medians(found)
        self.assertLessEqual(lines, FUNCTION_LINES)
        self.assertLessEqual(tokens, FUNCTION_TOKENS)

    def test_functions_are_counted(self):
        found = functions.functions_of(pathlib.Path("made_up.cpp"), MADE_UP)
        self.assertEqual(
            [(function.name, function.line, function.lines, function.tokens) for function in found],
            [("Pair", 10, 1, 9), ("one", 12, 1, 5), ("text", 17, 6, 32), ("BOOST_AUTO_TEST_CASE", 24, 1, 6)],
        )


if __name__ == "__main__":
    counted.main()
