// SPDX-License-Identifier: MIT
#include "text/shell_text.hpp"

#include <array>
#include <cstdio>

#include "test.hpp"

namespace spanlab::test {
namespace {

/// What bash makes of a word.
std::string read_by_bash(const std::string& word) {
  TemporaryFolder folder;
  const std::string file = (folder.path() / "script").string();
  std::FILE* script = std::fopen(file.c_str(), "w");
  std::fprintf(script, "printf '%%s' %s\n", word.c_str());
  std::fclose(script);
  std::string text;
  std::FILE* pipe = popen(("bash " + file).c_str(), "r");
  std::array<char, 4096> buffer{};
  for (std::size_t n; (n = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
    text.append(buffer.data(), n);
  }
  BOOST_TEST(pclose(pipe) == 0);
  return text;
}

}  // namespace

BOOST_AUTO_TEST_CASE(bash_reads_every_word_as_it_was) {
  for (const std::string& text : std::vector<std::string>{
           "", "plain-1.lua", "two words", "it's", "$(touch x) `y` \"z\" \\ !!", "a;b&c|d>e*?[x]{1,2}~",
           "\u4eba \u00fc", "#x", "line\nbreak\ttab", "\x1b[2J", "latin \xfc 7",
           "\u202e"
           "12",
           "'"}) {
    const std::string word = shell_word(text);
    BOOST_TEST(read_by_bash(word) == text, word);
    BOOST_TEST(word.find_first_of("\n\x1b\t") == word.npos, word);
  }
}

BOOST_AUTO_TEST_CASE(plain_words_stay_as_they_are) {
  BOOST_TEST(shell_line({"spanlab", "run", "a/b.lua", "--set", "x=1,2"}) ==
             "spanlab run a/b.lua --set x=1,2");
  BOOST_TEST(shell_line({"a b", ""}) == "'a b' ''");
  BOOST_TEST(path_word("-x.lua") == "./-x.lua");
  BOOST_TEST(path_word("x-.lua") == "x-.lua");
  BOOST_TEST(runs_words("runs") == "");
  BOOST_TEST(runs_words("my runs") == " --runs 'my runs'");
  BOOST_TEST(runs_words("-r") == " --runs ./-r");
}

}  // namespace spanlab::test
