// SPDX-License-Identifier: MIT
#include "cards.hpp"

using namespace spanlab;
using namespace spanlab::test;

namespace {

std::string with(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(card)

BOOST_AUTO_TEST_CASE(cards_of_the_checkout) {
  BOOST_TEST(fs::equivalent(resource_folder(), test::source_folder()));
  CardIndex index(standard_locations({}), test::components());
  const DataCard& conll04 = index.data("conll04");
  BOOST_TEST(conll04.reader.id == "spert");
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
  has(message_of([&] { split_file(conll04, "tran"); }, ErrorKind::usage),
      "did you mean 'train'?\n   its splits: dev, test, train");
}

BOOST_AUTO_TEST_CASE(content_is_what_the_card_names) {
  CardIndex index(standard_locations({}), test::components());
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
  const CardIndex index(only(folder.path()), test::components());
  const std::string odd = (folder.path() / "odd.toml").string();
  has(message_of([&] { index.data("broken"); }, ErrorKind::data),
      (folder.path() / "broken.toml").string() + ":2:");
  const std::string text = message_of([&] { index.data("odd"); }, ErrorKind::data);
  has(text, odd + ":3:10: source must be a text");
  has(text, odd +
                ":4:10: reader is 'spret', expected one of scierc, scirex, semeval, spert, triples; did you "
                "mean 'spert'?");
  has(text, odd + ":5:1: unknown key 'colour'");
  has(text,
      odd +
          ":8:11: evaluation.overlap is 'removd', expected one of allowed, removed; did you mean 'removed'?");
  has(text,
      odd + ":10:8: splits.train.path is '../../etc/passwd', expected a path below the data set's folder");
  has(text, odd + ":11:10: splits.train.sha256 must be 64 lower-case hexadecimal digits");
  has(text, odd + ":12:9: splits.train.first must be a whole number from 0");
  has(text, "expected either [types] (a file) or [inventory.<view>] (lists) for the types");
}

// A folder of corpora is somebody's project too.
BOOST_AUTO_TEST_CASE(a_file_that_is_no_card_stops_nobody) {
  test::TemporaryFolder first, last;
  write(first.path() / "pyproject.toml", "[project]\nname = \"x\"\n");
  write(first.path() / "own.toml", "title = \"a project of the same name\"\n");
  write(first.path() / "broken.toml", with(kGoodCard, "\"spert\"", "\"sperd\""));
  write(first.path() / "torn.toml", "title = \n");
  write(first.path() / "models/other.toml", "[tool]\n");
  write(last.path() / "own.toml", kGoodCard);
  write(last.path() / "broken.toml", kGoodCard);
  const CardIndex index({{first.path(), last.path()}, {}, {}, {}}, test::components());
  BOOST_TEST(index.data("own").title == "Own");
  BOOST_TEST(index.data_names() == std::vector<std::string>{"own"}, boost::test_tools::per_element());
  has(message_of([&] { index.data("broken"); }, ErrorKind::data), "did you mean 'spert'?");
  has(message_of([&] { index.data("pyproject"); }, ErrorKind::data),
      "is taken for the card of data set 'pyproject', and is none:");
  has(message_of([&] { index.data("torn"); }, ErrorKind::data), "torn.toml:1:");
  has(message_of([&] { index.model("other"); }, ErrorKind::data), "no files: expected tables [files.<name>]");
  has(message_of([&] { index.data("owm"); }, ErrorKind::usage), "did you mean 'own'?");
  std::vector<std::string> told;
  for (const BrokenCard& card : index.broken()) told.push_back(card.file.filename().string());
  BOOST_TEST(told == (std::vector<std::string>{"broken.toml", "torn.toml"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(names_of_types_in_a_card) {
  test::TemporaryFolder folder;
  write(folder.path() / "own.toml", with(with(kGoodCard, "[\"A\"]", "[\"A\", \"B\", \"A\", \"C\\u001b\"]"),
                                         "[\"R\"]", "[\"R\", \"R\"]\nsymmetric = [\"S\", 3]\nsymetric = []"));
  const std::string text =
      message_of([&] { CardIndex(only(folder.path()), test::components()).data("own"); }, ErrorKind::data);
  has(text, "own.toml:8:12: inventory.default.entities: 'A' stands twice");
  has(text,
      "own.toml:8:12: inventory.default.entities: type 'C\uFFFD': expected a name of UTF-8 without control "
      "characters");
  has(text, "own.toml:9:13: inventory.default.relations: 'R' stands twice");
  has(text, "inventory.default.symmetric: 'S' is not among the relations; did you mean 'R'?");
  has(text, "inventory.default.symmetric must be a list of texts");
  has(text, "unknown key 'inventory.default.symetric'; did you mean 'symmetric'?");
}

BOOST_AUTO_TEST_CASE(cards_have_bounds) {
  test::TemporaryFolder folder;
  std::string dots = "a", names;
  for (int i = 0; i < 1'000'000; ++i) dots += ".a";
  for (int i = 0; i < 700; ++i) names += fmt::format(", \"a.b.c{}\"", i);
  write(folder.path() / "deep.toml", kGoodCard + "[" + dots + "]\n");
  write(folder.path() / "keys.toml", kGoodCard + dots + " = 1\n");
  write(folder.path() / "lists.toml", kGoodCard + "a = " + std::string(100000, '[') + "\n");
  write(folder.path() / "large.toml", kGoodCard + std::string(5 << 20, '#') + "\n");
  write(folder.path() / "names.toml", with(kGoodCard, "[\"A\"]", "[\"A\"" + names + "]"));
  const CardIndex index(only(folder.path()), test::components());
  has(message_of([&] { index.data("deep"); }, ErrorKind::data),
      "deep.toml:13: a key with 1000 dots and more");
  has(message_of([&] { index.data("keys"); }, ErrorKind::data),
      "keys.toml:13: a key with 1000 dots and more");
  has(message_of([&] { index.data("lists"); }, ErrorKind::data), "lists.toml:13:");
  has(message_of([&] { index.data("large"); }, ErrorKind::data), "a card or site file has at most 4194304");
  BOOST_TEST(index.data("names").inventories.at(0).entities.size() == 701u);
}

BOOST_AUTO_TEST_CASE(only_one_reader_knows_several_views) {
  test::TemporaryFolder folder;
  write(folder.path() / "own.toml",
        with(with(kGoodCard, "\"spert\"", "\"scierc\"\nviews = [\"a\", \"b\"]"), "[inventory.default]",
             "[inventory.b]\nentities = []\nrelations = []\n[inventory.a]"));
  has(message_of([&] { CardIndex(only(folder.path()), test::components()).data("own"); }, ErrorKind::data),
      "own.toml:5:9: views: the reader 'scierc' knows one view");
}

BOOST_AUTO_TEST_SUITE_END()
