// SPDX-License-Identifier: MIT
#include "settings/data_settings.hpp"

#include "data/splits.hpp"
#include "spanlab/error.hpp"
#include "components.hpp"
#include "test.hpp"

using namespace spanlab;
using Texts = std::vector<std::string>;

BOOST_AUTO_TEST_SUITE(data_settings)

static DataCard folded() {
  DataCard card;
  card.name = "folded";
  card.folds = 2;
  for (const char* name : {"train0", "test0", "train1", "test1", "full"}) card.splits[name] = {name, ""};
  return card;
}

static std::string refused(const DataCard& card, const std::string& expression,
                           std::optional<std::int64_t> fold) {
  try {
    splits_of(card, expression, fold);
  } catch (const Error& error) {
    BOOST_CHECK(error.kind() == ErrorKind::usage);
    return error.what();
  }
  return "nothing";
}

BOOST_AUTO_TEST_CASE(a_fold_completes_the_names_of_splits) {
  BOOST_TEST(splits_of(folded(), "train", 1) == Texts{"train1"}, boost::test_tools::per_element());
  BOOST_TEST(splits_of(folded(), "train+test0+full", 0) == (Texts{"train0", "test0", "full"}),
             boost::test_tools::per_element());
  BOOST_TEST(splits_of(folded(), "train0", std::nullopt) == Texts{"train0"},
             boost::test_tools::per_element());
  BOOST_TEST(splits_of(folded(), "", 1).empty());
  const DataSettings plain{.train = "train", .test = "test1"}, second{.train = "train", .fold = 1};
  BOOST_TEST(splits_of_part(folded(), plain, "test") == Texts{"test1"}, boost::test_tools::per_element());
  BOOST_TEST(splits_of_part(folded(), second, "train") == Texts{"train1"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(folds_that_do_not_fit_are_refused) {
  BOOST_TEST(refused(folded(), "train", std::nullopt)
                 .find("'train' of data set 'folded' comes in 2 folds: say which, fold = 0 to 1") !=
             std::string::npos);
  BOOST_TEST(refused(folded(), "train", 2).find("data set 'folded' has folds 0 to 1, got 2") !=
             std::string::npos);
  BOOST_TEST(refused(folded(), "tain", 1).find("data set 'folded' has no split 'tain'") != std::string::npos);
  DataCard plain = folded();
  plain.folds = 0;
  BOOST_TEST(refused(plain, "train", 0).find("data set 'folded' has no folds") != std::string::npos);
}

static Corpus part(DataSettings data, const Noise& noise, const std::string& name) {
  const CardIndex index(standard_locations({}), test::components());
  const DataCard& card = index.data("sample");
  data.noise = noise;
  return read_part(card, index.folder(card), data, name);
}

static std::size_t entities(const Corpus& corpus) {
  std::size_t count = 0;
  for (const Sentence& sentence : corpus.sentences) count += sentence.views.at(0).entities.size();
  return count;
}

BOOST_AUTO_TEST_CASE(limits_of_parts) {
  const auto sentences = [](const DataSettings& data, const char* name) {
    return part(data, {}, name).sentences.size();
  };
  BOOST_TEST(sentences({.limit = 50}, "train") == 50u);
  BOOST_TEST(sentences({.train_limit = 40}, "train") == 40u);
  BOOST_TEST(sentences({.train_limit = 40}, "test") == 180u);
  BOOST_TEST(sentences({.limit = 50, .train_limit = 40}, "train") == 40u);
  BOOST_TEST(sentences({.limit = 50, .train_limit = 60}, "train") == 50u);
}

BOOST_AUTO_TEST_CASE(noise_strikes_training_alone_unless_asked) {
  const Noise none, drop{.kind = NoiseKind::drop, .rate = 0.5},
      everywhere{.kind = NoiseKind::drop, .rate = 0.5, .parts = {"train", "test"}};
  const DataSettings plain, dev{.dev = "dev"};
  BOOST_TEST(entities(part(plain, drop, "train")) < entities(part(plain, none, "train")));
  BOOST_TEST(entities(part(plain, drop, "test")) == entities(part(plain, none, "test")));
  BOOST_TEST(entities(part(dev, drop, "dev")) == entities(part(dev, none, "dev")));
  BOOST_TEST(entities(part(plain, everywhere, "test")) < entities(part(plain, none, "test")));
}

BOOST_AUTO_TEST_SUITE_END()
