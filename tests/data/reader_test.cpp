// SPDX-License-Identifier: MIT
#include <fstream>

#include "data/card.hpp"
#include "data/dataset.hpp"
#include "files/checksum.hpp"
#include "own_corpus.hpp"
#include "spanlab/error.hpp"
#include "test.hpp"

using namespace spanlab;
using namespace spanlab::test;
namespace fs = std::filesystem;

// Corpora whose cards name a reader of someone else.
struct Place {
  test::TemporaryFolder folder;
  Registry registry;

  explicit Place(const std::vector<fs::path>& plugins = {MADE_LINES}) { registry.load(plugins); }

  void write(const std::string& name, const std::string& text) const {
    fs::create_directories(folder.path() / "own");
    std::ofstream(folder.path() / name) << text;
  }
  static std::string named(const std::string& path, const std::string& text) {
    return "path = \"" + path + "\"\nsha256 = \"" + sha256_of(text) + "\"\n";
  }
  static std::string labels() { return "[splits.train.labels]\n" + named("labels.txt", "Loc\nLoc\nLoc\n"); }

  // `reader` is what the card says of its reader, `more` what stands at its end.
  CardIndex index(const std::string& reader, const std::string& more = labels()) const {
    write("own/train.txt", "Ulm;lies;here\nBonn;too\n");
    write("own/labels.txt", "Loc\nLoc\nLoc\n");
    write("own.toml", "title = \"t\"\nlicence = \"l\"\nsource = \"s\"\n" + reader +
                          "[evaluation]\nprimary = \"strict\"\n[inventory.default]\nentities = [\"Loc\"]\n"
                          "[splits.train]\n" +
                          named("train.txt", "Ulm;lies;here\nBonn;too\n") + more);
    return CardIndex({{folder.path()}, {folder.path()}, folder.path() / "site.toml", {}}, registry);
  }

  std::string refusal(const std::string& reader, const std::string& more = labels()) const {
    try {
      index(reader, more).data("own");
    } catch (const Error& error) {
      BOOST_CHECK(error.kind() == ErrorKind::data);
      return error.what();
    }
    return "";
  }

  std::string hash(const std::string& reader) const {
    const CardIndex cards = index(reader);
    return CardIndex::content_hash(cards.data("own"), std::vector<std::string>{"train"});
  }
};

static const std::string kSemicolon = "[reader]\ncomponent = \"lines\"\nseparator = \";\"\n";

BOOST_FIXTURE_TEST_SUITE(reader, Place)

BOOST_AUTO_TEST_CASE(a_strangers_reader_reads_a_corpus) {
  const CardIndex cards = index(kSemicolon);
  const DataCard& card = cards.data("own");
  const Corpus corpus = read_corpus(card, cards.folder(card), std::vector<std::string>{"train"});
  BOOST_REQUIRE(corpus.sentences.size() == 2u);
  BOOST_TEST(corpus.sentences[0].words == (std::vector<std::string>{"Ulm", "lies", "here"}),
             boost::test_tools::per_element());
  BOOST_TEST(corpus.sentences[1].id == "1");
  BOOST_CHECK((corpus.sentences[1].views.at(0).entities.at(0) == Entity{{0, 1}, 0}));
  BOOST_TEST(corpus.left_out.sentences == 1);
}

BOOST_AUTO_TEST_CASE(a_card_is_checked_against_its_reader) {
  has(refusal("reader = \"linse\"\n"),
      "own.toml:4:10: reader is 'linse', expected one of lines; did you mean 'lines'?");
  has(refusal("[reader]\ncomponent = \"line\"\n"), "reader.component is 'line', expected one of lines");
  has(refusal("[reader]\nseparator = \";\"\n"), "'reader.component' is missing");
  const std::string wrong = refusal(kSemicolon + "seperator = 3\nencoding = 1\n");
  has(wrong, "own.toml:4:1: reader: unknown key 'seperator'; did you mean 'separator'?");
  has(wrong, "reader.encoding: expected a text");
  has(refusal(kSemicolon + "encoding = 1979-05-27\n"), "reader.encoding must be a value");
  has(refusal(kSemicolon, ""), "own.toml:11:1: 'splits.train.labels' is missing: the file of labels");
}

BOOST_AUTO_TEST_CASE(a_reader_whose_plugin_was_refused_is_named) {
  Place other(std::vector<fs::path>{});
  other.write("junk.so", "no plugin");
  other.registry.load(std::vector{other.folder.path()});
  const std::string text = other.refusal(kSemicolon);
  has(text, "own.toml:5:13: " + (other.folder.path() / "junk.so").string());
  has(text, "reader/lines is not known and this plugin was refused: not an ELF file");
}

// What 0.1.0 counted of a reader was its name; a stranger's code makes sentences, too.
BOOST_AUTO_TEST_CASE(the_identity_of_content_counts_the_reader) {
  const std::string rest = "\nview\nentity Loc\nsplit " + sha256_of("Ulm;lies;here\nBonn;too\n") +
                           "\nsplit " + sha256_of("Loc\nLoc\nLoc\n") + "\noverlap allowed";
  const std::string code = registry.identity(ComponentKind::reader, "lines");
  BOOST_TEST(hash("reader = \"lines\"\n") == sha256_of("lines\ncode " + code + rest));
  BOOST_TEST(hash("[reader]\ncomponent = \"lines\"\nencoding = \"plain\"\n") == hash("reader = \"lines\"\n"));
  BOOST_TEST(hash(kSemicolon) == sha256_of("lines\ncode " + code + "\nparameter separator ;" + rest));

  Inventory inventory{{{"Loc", "Loc", false}}, {{"Near", "Near", true}}};
  DataCard card;
  card.reader = {.id = "scierc", .components = &test::components()};
  card.inventories = {inventory};
  card.splits["train"] = {"x.json", "0123", 7};
  BOOST_TEST(
      CardIndex::content_hash(card, std::vector<std::string>{"train"}) ==
      sha256_of("scierc\nview\nentity Loc\nrelation Near symmetric\nsplit 0123 first 7\noverlap allowed"));
}

BOOST_AUTO_TEST_CASE(only_running_text_has_marks) {
  std::vector<Problem> problems;
  const CardReader reader{.id = "lines", .components = &registry};
  BOOST_CHECK_THROW(reader.make()->texts({.file = "x"}, problems), Error);
}

BOOST_AUTO_TEST_SUITE_END()
