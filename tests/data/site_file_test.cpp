// SPDX-License-Identifier: MIT
// Where the files of cards are looked for, what `data add` remembers, and sums that are remembered.
#include "cards.hpp"

using namespace spanlab;
using namespace spanlab::test;

BOOST_AUTO_TEST_SUITE(site_file)

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
  has(message_of([&] { verify(folder.path(), {"large", std::string(64, '1')}); }, ErrorKind::data),
      "expected " + std::string(64, '1'));
  unsetenv("XDG_CACHE_HOME");
}

// A set of one's own stays known without --data-path.
BOOST_AUTO_TEST_CASE(add_remembers_the_card_of_ones_own_set) {
  test::TemporaryFolder folder;
  const fs::path& root = folder.path();
  write(root / "cards/own.toml", kGoodCard);
  write(root / "files/x.json", "abc");
  fs::create_directories(root / "installation");
  const fs::path site = root / "config/site.toml";
  CardIndex({{root / "cards", root / "installation"}, {}, site, {}}, test::components())
      .add("own", root / "files");
  const CardIndex later({{root / "installation"}, {}, site, {}}, test::components());
  BOOST_TEST(fs::equivalent(later.folder(later.data("own")), root / "files"));
  fs::remove(root / "cards/own.toml");
  has(message_of([&] { CardIndex({{root / "installation"}, {}, site, {}}, test::components()).data("own"); },
                 ErrorKind::data),
      "own.toml: does not exist");
  // The installation's own cards are not remembered.
  write(root / "installation/own.toml", kGoodCard);
  CardIndex({{root / "installation"}, {}, root / "config/other.toml", {}}, test::components())
      .add("own", root / "files");
  BOOST_TEST(read_site(root / "config/other.toml").cards.empty());
}

BOOST_AUTO_TEST_CASE(add_refuses_a_path_that_the_site_file_cannot_hold) {
  test::TemporaryFolder folder;
  write(folder.path() / "own.toml", kGoodCard);
  write(folder.path() / "d\xe9/x.json", "abc");
  has(message_of(
          [&] { CardIndex(only(folder.path()), test::components()).add("own", folder.path() / "d\xe9"); },
          ErrorKind::data),
      "its name is not UTF-8");
  BOOST_TEST(!fs::exists(folder.path() / "site.toml"));
}

// Each reads what the others wrote.
BOOST_AUTO_TEST_CASE(many_add_at_once) {
  test::TemporaryFolder folder;
  const fs::path& root = folder.path();
  constexpr int kMany = 8;
  write(root / "files/x.json", "abc");
  for (int i = 0; i < kMany; ++i) write(root / fmt::format("own{}.toml", i), kGoodCard);
  const CardIndex index(only(root), test::components());
  std::vector<std::thread> threads;
  for (int i = 0; i < kMany; ++i)
    threads.emplace_back([&, i] { index.add(fmt::format("own{}", i), root / "files"); });
  for (std::thread& thread : threads) thread.join();
  BOOST_TEST(read_site(root / "site.toml").data.size() == static_cast<std::size_t>(kMany));
}

BOOST_AUTO_TEST_CASE(files_are_found_in_the_order_of_the_locations) {
  test::TemporaryFolder folder;
  const fs::path& root = folder.path();
  fs::create_directories(root / "cards");
  fs::copy_file(test::source_folder() / "datasets/conll04.toml", root / "cards/conll04.toml");
  DataLocations locations{{root / "cards"}, {root / "first"}, root / "config/site.toml", {root / "last"}};
  CardIndex index(locations, test::components());
  const DataCard& card = index.data("conll04");
  const std::string text = message_of([&] { index.folder(card); }, ErrorKind::data);
  has(text, (root / "first/conll04").string());
  has(text, (root / "last/conll04").string());
  has(text, "spanlab data add conll04 DIR");

  write(root / "last/conll04/conll04_dev.json", "[]");
  BOOST_TEST(index.folder(card) == root / "last/conll04");
  write(root / "mine/conll04_dev.json", "[]");
  write_site(locations.site, {{{"conll04", (root / "mine").string()}}, {}});
  BOOST_TEST(index.folder(card) == root / "mine");
  BOOST_TEST(read_site(locations.site).data.at("conll04") == (root / "mine").string());
  write(root / "first/conll04/conll04_dev.json", "[]");
  BOOST_TEST(index.folder(card) == root / "first/conll04");
  // Nothing but the site file itself is left of writing it.
  BOOST_TEST(std::distance(fs::directory_iterator(root / "config"), {}) == 1);
  write(locations.site, "[data]\nconll04 = 3\nx = \"unterminated\n");
  fs::remove_all(root / "first");
  has(message_of([&] { index.folder(card); }, ErrorKind::data), "site.toml:3:");
}

BOOST_AUTO_TEST_SUITE_END()
