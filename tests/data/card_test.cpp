// SPDX-License-Identifier: MIT
#include "data/card.hpp"

#include <dlfcn.h>

#include <cstdio>
#include <fstream>

#include "data/resources.hpp"
#include "data/toml_file.hpp"
#include "spanlab/error.hpp"
#include "test.hpp"

using namespace spanlab;
namespace fs = std::filesystem;

BOOST_AUTO_TEST_SUITE(card)

static void write(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

static DataLocations only(const fs::path& folder) { return {{folder}, {folder}, folder / "site.toml", {}}; }

static std::string message_of(const std::function<void()>& action, ErrorKind kind) {
  try {
    action();
  } catch (const Error& error) {
    BOOST_CHECK(error.kind() == kind);
    return error.what();
  }
  BOOST_FAIL("no error");
  return "";
}

static bool has(const std::string& text, const std::string& part) {
  BOOST_TEST_CONTEXT(text) { BOOST_TEST((text.find(part) != std::string::npos), "missing: " << part); }
  return true;
}

// The examples of FIPS 180-2.
BOOST_AUTO_TEST_CASE(sha256_of_known_texts) {
  BOOST_TEST(sha256_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  BOOST_TEST(sha256_of("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  test::TemporaryFolder folder;
  write(folder.path() / "million", std::string(1000000, 'a'));
  BOOST_TEST(sha256_of_file(folder.path() / "million") == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
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

BOOST_AUTO_TEST_CASE(cards_of_the_checkout) {
  BOOST_TEST(fs::equivalent(resource_folder(), test::source_folder()));
  CardIndex index(standard_locations({}));
  const DataCard& conll04 = index.data("conll04");
  BOOST_TEST(conll04.reader == "spert");
  BOOST_TEST(conll04.primary == "strict");
  BOOST_CHECK(conll04.overlap == Overlap::allowed);
  BOOST_CHECK(index.data("ade").overlap == Overlap::removed);
  BOOST_TEST(index.data("ade").splits.size() == 21u);
  BOOST_TEST(index.data("scierc_json").inventories.at(0).relations.at(5).symmetric);
  BOOST_TEST(index.data("label_variation").views.size() == 2u);
  BOOST_TEST(index.model("minilm").files.size() == 3u);
  BOOST_TEST(index.model("minilm").uncased.value());
  has(message_of([&] { index.data("conl04"); }, ErrorKind::usage), "did you mean 'conll04'?");
  has(message_of([&] { index.model("mini"); }, ErrorKind::usage), "did you mean 'minilm'?");
  has(message_of([&] { split_file(conll04, "tran"); }, ErrorKind::usage), "did you mean 'train'?\n   its splits: dev, test, train");
}

BOOST_AUTO_TEST_CASE(content_is_what_the_card_names) {
  CardIndex index(standard_locations({}));
  DataCard card = index.data("conll04");
  const std::vector<std::string> train{"train"}, both{"train", "dev"}, turned{"dev", "train"};
  const std::string hash = CardIndex::content_hash(card, train);
  BOOST_TEST(hash == CardIndex::content_hash(card, train));
  BOOST_TEST(hash != CardIndex::content_hash(card, both));
  BOOST_TEST(CardIndex::content_hash(card, turned) != CardIndex::content_hash(card, both));
  card.splits["test"].sha256 = std::string(64, '0');
  BOOST_TEST(hash == CardIndex::content_hash(card, train));
  card.title = "other";
  BOOST_TEST(hash == CardIndex::content_hash(card, train));
  card.splits["train"].first = 100;
  BOOST_TEST(hash != CardIndex::content_hash(card, train));
  card.splits["train"].first = 0;
  card.overlap = Overlap::removed;
  BOOST_TEST(hash != CardIndex::content_hash(card, train));
}

BOOST_AUTO_TEST_CASE(all_that_is_wrong_with_cards_is_told) {
  test::TemporaryFolder folder;
  write(folder.path() / "broken.toml", "title = \"x\"\nlicence = \n");
  write(folder.path() / "odd.toml", R"(title = "Odd"
licence = "none"
source = 3
reader = "spret"
colour = "red"
[evaluation]
primary = "strict"
overlap = "removd"
[splits.train]
path = "../../etc/passwd"
sha256 = "ABC"
first = -1
)");
  const std::string text = message_of([&] { CardIndex index(only(folder.path())); }, ErrorKind::data);
  const std::string odd = (folder.path() / "odd.toml").string();
  has(text, (folder.path() / "broken.toml").string() + ":2:");
  has(text, odd + ":3:10: source must be a text");
  has(text, odd + ":4:10: reader is 'spret', expected one of spert, scierc, semeval, scirex, triples; did you mean 'spert'?");
  has(text, odd + ":5:1: unknown key 'colour'");
  has(text, odd + ":8:11: evaluation.overlap is 'removd', expected one of allowed, removed; did you mean 'removed'?");
  has(text, odd + ":10:8: splits.train.path is '../../etc/passwd', expected a path below the data set's folder");
  has(text, odd + ":11:10: splits.train.sha256 must be 64 lower-case hexadecimal digits");
  has(text, odd + ":12:9: splits.train.first must be a whole number from 0");
  has(text, "expected either [types] (a file) or [inventory.<view>] (lists) for the types");
}

BOOST_AUTO_TEST_CASE(files_are_found_in_the_order_of_the_locations) {
  test::TemporaryFolder folder;
  const fs::path& root = folder.path();
  fs::create_directories(root / "cards");
  fs::copy_file(test::source_folder() / "datasets/conll04.toml", root / "cards/conll04.toml");
  DataLocations locations{{root / "cards"}, {root / "first"}, root / "config/site.toml", {root / "last"}};
  CardIndex index(locations);
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
