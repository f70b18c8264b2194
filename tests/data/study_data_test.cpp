// SPDX-License-Identifier: MIT
#include "data/study_data.hpp"

#include "data/noise.hpp"
#include "spanlab/error.hpp"
#include "test.hpp"

using namespace spanlab;
using Texts = std::vector<std::string>;

BOOST_AUTO_TEST_SUITE(study_data)

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
  BOOST_TEST(
      splits_of_part(folded(), nlohmann::json{{"train", "train"}, {"fold", nullptr}, {"test", "test1"}},
                     "test") == Texts{"test1"},
      boost::test_tools::per_element());
  BOOST_TEST(
      splits_of_part(folded(), nlohmann::json{{"train", "train"}, {"fold", 1}}, "train") == Texts{"train1"},
      boost::test_tools::per_element());
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

static Corpus part(const nlohmann::json& changes, const nlohmann::json& noise_changes,
                   const std::string& name) {
  auto with = [](const Schema& schema, const nlohmann::json& given) {
    std::map<std::string, Value> values;
    for (const auto& [key, value] : given.items()) {
      if (value.is_string())
        values[key] = value.get<std::string>();
      else if (value.is_number_integer())
        values[key] = value.get<std::int64_t>();
      else if (value.is_number())
        values[key] = value.get<double>();
      else
        values[key] = value.get<std::vector<std::string>>();
    }
    return Parameters(schema, values);
  };
  const CardIndex index(standard_locations({}));
  const DataCard& card = index.data("sample");
  return read_part(card, index.folder(card), with(data_schema(), changes),
                   with(noise_schema(), noise_changes), name);
}

static std::size_t entities(const Corpus& corpus) {
  std::size_t count = 0;
  for (const Sentence& sentence : corpus.sentences) count += sentence.views.at(0).entities.size();
  return count;
}

BOOST_AUTO_TEST_CASE(limits_of_parts) {
  BOOST_TEST(part({{"limit", 50}}, nlohmann::json::object(), "train").sentences.size() == 50u);
  BOOST_TEST(part({{"train_limit", 40}}, nlohmann::json::object(), "train").sentences.size() == 40u);
  BOOST_TEST(part({{"train_limit", 40}}, nlohmann::json::object(), "test").sentences.size() == 180u);
  BOOST_TEST(part({{"limit", 50}, {"train_limit", 40}}, nlohmann::json::object(), "train").sentences.size() ==
             40u);
  BOOST_TEST(part({{"limit", 50}, {"train_limit", 60}}, nlohmann::json::object(), "train").sentences.size() ==
             50u);
}

BOOST_AUTO_TEST_CASE(noise_strikes_training_alone_unless_asked) {
  const nlohmann::json drop{{"kind", "drop"}, {"rate", 0.5}},
      everywhere{{"kind", "drop"}, {"rate", 0.5}, {"parts", {"train", "test"}}};
  const nlohmann::json none = nlohmann::json::object(), dev{{"dev", "dev"}};
  BOOST_TEST(entities(part(none, drop, "train")) < entities(part(none, none, "train")));
  BOOST_TEST(entities(part(none, drop, "test")) == entities(part(none, none, "test")));
  BOOST_TEST(entities(part(dev, drop, "dev")) == entities(part(dev, none, "dev")));
  BOOST_TEST(entities(part(none, everywhere, "test")) < entities(part(none, none, "test")));
}

BOOST_AUTO_TEST_SUITE_END()
