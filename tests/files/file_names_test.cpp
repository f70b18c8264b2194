// SPDX-License-Identifier: MIT
#include "files/file_names.hpp"

#include <map>

#include "test.hpp"

namespace spanlab::test {

BOOST_AUTO_TEST_CASE(ordinary_names_stay_as_they_are) {
  for (const char* name : {"train", "dev+test", "train-1", "test.sci", "iou_75", "0", "a..b"}) {
    BOOST_TEST(file_name_of(name) == name);
  }
  BOOST_TEST(file_name_of({"entity.f1", "by", "entity.depth"}, '-') == "entity.f1-by-entity.depth");
  BOOST_TEST(file_name_of({"test", "sci"}, '.') == "test.sci");
}

BOOST_AUTO_TEST_CASE(other_names_have_other_file_names) {
  const std::string long_name(300, 'x'), chinese = "\u4eba\u7269", composed = "Zo\u00eb",
                                         decomposed = "Zoe\u0308";
  const std::vector<std::string> names{"",
                                       ".",
                                       "..",
                                       "...",
                                       "-",
                                       "-x",
                                       ".x",
                                       "x",
                                       "X",
                                       "~x",
                                       "~",
                                       "~~",
                                       "a/b",
                                       "a-b",
                                       "A/B",
                                       "A-B",
                                       "a b",
                                       "a\\b",
                                       "a\nb",
                                       "a:b",
                                       "a?b",
                                       "~047",
                                       "/",
                                       "a%2fb",
                                       "a",
                                       "a.",
                                       "LOC",
                                       "Loc",
                                       "loc",
                                       "~loc",
                                       "con",
                                       "\xff",
                                       "\xfe",
                                       chinese,
                                       "\u5730\u70b9",
                                       composed,
                                       decomposed,
                                       std::string("a\0b", 3),
                                       long_name,
                                       long_name + "x",
                                       std::string(300, 'X'),
                                       std::string(100, '/'),
                                       std::string(101, '/'),
                                       "in/train"};
  std::map<std::string, std::string> taken;
  for (const std::string& name : names) {
    const std::string file = file_name_of(name);
    const auto [at, is_new] = taken.emplace(file, name);
    BOOST_TEST(is_new, file << " is " << name << " and " << at->second);
    BOOST_TEST(!file.empty());
    BOOST_TEST(file.size() <= 200u);
    BOOST_TEST(file.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.-+~") == file.npos, file);
    BOOST_TEST((file[0] != '.' && file[0] != '-'), file);
  }
}

BOOST_AUTO_TEST_CASE(joined_names_can_be_told_apart) {
  std::map<std::string, int> taken;
  const std::vector<std::vector<std::string>> all{{"a", "b"},     {"a-b"},     {"a", "", "b"}, {"a", "b", ""},
                                                  {"", "a", "b"}, {"a", "-b"}, {"a-", "b"},    {"a~", "b"}};
  for (const auto& names : all) BOOST_TEST(++taken[file_name_of(names, '-')] == 1, file_name_of(names, '-'));
  BOOST_TEST(file_name_of({"a.f1", "by", std::string(300, 'p')}, '-').size() <= 200u);
  BOOST_TEST(file_name_of({"a.f1", "by", std::string(300, 'p')}, '-') !=
             file_name_of({"b.f1", "by", std::string(300, 'p')}, '-'));
}

}  // namespace spanlab::test
