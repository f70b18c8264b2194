// SPDX-License-Identifier: MIT
#include "files/checksum.hpp"

#include <dlfcn.h>

#include <cstdio>
#include <fstream>

#include "data/card.hpp"
#include "spanlab/error.hpp"
#include "test.hpp"

using namespace spanlab;
namespace fs = std::filesystem;

BOOST_AUTO_TEST_SUITE(checksum)

static void write(const fs::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

// The examples of FIPS 180-2.
BOOST_AUTO_TEST_CASE(sha256_of_known_texts) {
  BOOST_TEST(sha256_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  BOOST_TEST(sha256_of("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  test::TemporaryFolder folder;
  write(folder.path() / "million", std::string(1000000, 'a'));
  BOOST_TEST(sha256_of_file(folder.path() / "million") ==
             "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

// A large file that nobody has changed for longer than any clock is coarse.
static fs::path settled_file() {
  Dl_info info{};
  BOOST_REQUIRE(dladdr(reinterpret_cast<const void*>(&std::fopen), &info) != 0);
  BOOST_REQUIRE(fs::file_size(info.dli_fname) > 1u << 20);
  return fs::canonical(info.dli_fname);
}

BOOST_AUTO_TEST_CASE(a_remembered_sum_holds_only_while_the_file_is_unchanged) {
  test::TemporaryFolder folder;
  setenv("XDG_CACHE_HOME", folder.path().c_str(), 1);
  const fs::path file = settled_file(), memory = folder.path() / "spanlab/sha256";
  const std::string sum = sha256_of_file(file), wrong(64, '0');
  BOOST_TEST(remembered_sha256_of_file(file) == sum);
  std::ifstream in(memory);
  std::string line;
  std::getline(in, line);
  BOOST_REQUIRE(line.size() > 65u);
  // A false memory is believed: this proves that the file is not read again.
  const std::string print = line.substr(64);
  write(memory, wrong + print + "\n");
  BOOST_TEST(remembered_sha256_of_file(file) == wrong);
  // But nothing is refused for its sake.
  verify(file.parent_path(), {file.filename().string(), sum});
  // Size, device, inode, time of content, time of change: where one of them is another, the file is read.
  std::size_t at = 0, fields = 0;
  for (; print[at + 1] != '/'; ++fields) {
    const std::size_t end = print.find(' ', at + 1);
    std::string other = print;
    other[end - 1] = other[end - 1] == '9' ? '8' : '9';
    write(memory, wrong + other + "\n");
    BOOST_TEST(remembered_sha256_of_file(file) == sum, other);
    at = end;
  }
  BOOST_TEST(fields == 5u);
  unsetenv("XDG_CACHE_HOME");
}

// Its time of content can be set at will: a file of yesterday may have been written now, and be written again
// within the same tick.
BOOST_AUTO_TEST_CASE(what_was_changed_just_now_is_not_remembered) {
  test::TemporaryFolder folder;
  setenv("XDG_CACHE_HOME", folder.path().c_str(), 1);
  const fs::path file = folder.path() / "large";
  const auto yesterday = fs::file_time_type::clock::now() - std::chrono::hours(24);
  for (const char letter : {'a', 'b', 'c'}) {
    const std::string text(2 << 20, letter);
    write(file, text);
    fs::last_write_time(file, yesterday);
    verify(folder.path(), {"large", sha256_of(text)});
  }
  BOOST_TEST(!fs::exists(folder.path() / "spanlab/sha256"));
  const std::string other(2 << 20, 'd');
  write(folder.path() / "other", other);
  fs::last_write_time(folder.path() / "other", yesterday);
  fs::rename(folder.path() / "other", file);
  verify(folder.path(), {"large", sha256_of(other)});
  const std::string wrong(64, '1');
  BOOST_CHECK_EXCEPTION(verify(folder.path(), {"large", wrong}), Error, [&](const Error& error) {
    return error.kind() == ErrorKind::data &&
           std::string(error.what()).find("expected " + wrong) != std::string::npos;
  });
  unsetenv("XDG_CACHE_HOME");
}

BOOST_AUTO_TEST_SUITE_END()
