// SPDX-License-Identifier: MIT
#include "text/names.hpp"

#include "test.hpp"
#include "text/terminal_text.hpp"

using namespace spanlab;

BOOST_AUTO_TEST_SUITE(names)

BOOST_AUTO_TEST_CASE(names_that_may_stand) {
  for (const char* name : {"entity", "sci_entity", "épreuve", "my task", "entity-2", "命名", "a=b"})
    BOOST_TEST(wrong_name(Named::task, name) == "");
  for (const char* name : {"quickstart", "v1.0", "_a", "2026-11"})
    BOOST_TEST(wrong_name(Named::study, name) == "");
  for (const char* name : {"train", "train0", "v1.test", "test sci"})
    BOOST_TEST(wrong_name(Named::split, name) == "");
  for (const char* name : {"default", "sci", "entity"}) BOOST_TEST(wrong_name(Named::view, name) == "");
  for (const char* name : {"A/B", "..", "no dropout", "\x1b[2J", "1+1"})
    BOOST_TEST(wrong_name(Named::ablation, name) == "");
  BOOST_TEST(wrong_name(Named::ablation, std::string(kLongestText, 'a')) == "");
  BOOST_TEST(wrong_name(Named::task, std::string(kLongestName, 'a')) == "");
}

BOOST_AUTO_TEST_CASE(names_that_may_not) {
  const std::pair<Named, std::string> cases[] = {{Named::study, ""},
                                                 {Named::study, "a/b"},
                                                 {Named::study, "."},
                                                 {Named::study, ".hidden"},
                                                 {Named::study, "-x"},
                                                 {Named::study, "a b"},
                                                 {Named::study, "x.lua"},
                                                 {Named::study, "épreuve"},
                                                 {Named::study, std::string(101, 'a')},
                                                 {Named::task, ""},
                                                 {Named::task, "a.b"},
                                                 {Named::task, "a/b"},
                                                 {Named::task, "data"},
                                                 {Named::task, "encoder"},
                                                 {Named::task, "train"},
                                                 {Named::task, "model"},
                                                 {Named::task, "study"},
                                                 {Named::task, "union"},
                                                 {Named::task, "a\nb"},
                                                 {Named::task, std::string("a\0b", 3)},
                                                 {Named::task, "caf\xe9"},
                                                 {Named::task, std::string(300, 'a')},
                                                 {Named::task,
                                                  "\xc2\x9b"
                                                  "2J"},
                                                 {Named::view, "a.b"},
                                                 {Named::view, "a/b"},
                                                 {Named::view, "union"},
                                                 {Named::view, ""},
                                                 {Named::split, "in/train"},
                                                 {Named::split, "train+dev"},
                                                 {Named::split, ".."},
                                                 {Named::split, "\x7f"},
                                                 {Named::card, "a/b"},
                                                 {Named::card, "\xff"},
                                                 {Named::profile, ""},
                                                 {Named::variant, ""},
                                                 {Named::ablation, ""},
                                                 {Named::ablation, "\xff"}};
  for (const auto& [kind, name] : cases)
    BOOST_TEST(wrong_name(kind, name) != "", to_text(kind) << " " << printable(name));
}

BOOST_AUTO_TEST_CASE(names_are_told_as_a_terminal_may_get_them) {
  BOOST_TEST(wrong_name(Named::task, "a/b") == "task \"a/b\": expected a name without '/'");
  BOOST_TEST(wrong_name(Named::task, "\x1b[2J") ==
             "task \"\uFFFD[2J\": expected a name without control characters");
  BOOST_TEST(wrong_name(Named::split, "\xff") == "split \"\uFFFD\": expected text in UTF-8");
  BOOST_TEST(printable("a\tb\x1b]0;x\x07"
                       "é\xc2\x9b"
                       "2J\xff") == "a b\uFFFD]0;x\uFFFDé\uFFFD2J\uFFFD");
}

BOOST_AUTO_TEST_SUITE_END()
