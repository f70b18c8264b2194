// SPDX-License-Identifier: MIT
#include "train/predictor.hpp"

#include "data/dataset.hpp"
#include "spanlab/error.hpp"
#include "train/training.hpp"

namespace spanlab::test {

BOOST_AUTO_TEST_CASE(a_stored_model_predicts_what_its_trial_did) {
  Cards cards;
  if (!cards.complete()) return;
  TemporaryFolder folder;
  const nlohmann::json configuration = spert_configuration("tiny", 12, {{"epochs", 30}, {"lr", 2e-3}});
  train_trial({configured(configuration), 3, folder.path()}, components(), cards.index(), {});
  const std::vector<nlohmann::json> expected = lines_of(folder.path() / "predictions/train.jsonl");

  Predictor predictor(folder.path() / "model.safetensors", components(), cards.index(), "cpu", 1);
  const DataCard& card = cards.index().data("conll04");
  const std::vector<Sentence> sentences =
      read_corpus(card, cards.index().folder(card), std::vector<std::string>{"train"}, 12).sentences;
  std::vector<nlohmann::json> predicted;
  for (const std::string& line : predictor.predict(sentences))
    predicted.push_back(nlohmann::json::parse(line));
  BOOST_TEST((predicted == expected));
  BOOST_TEST(predictor.inventory().entities.size() == 4u);

  std::size_t entities = 0, relations = 0;
  for (const nlohmann::json& line : expected) {
    entities += line.at("entities").size();
    relations += line.at("relations").size();
  }
  BOOST_TEST(entities > 20u);
  BOOST_TEST(relations > 5u);

  std::filesystem::resize_file(folder.path() / "model.safetensors", 1000);
  BOOST_CHECK_EXCEPTION(Predictor(folder.path() / "model.safetensors", components(), cards.index(), "cpu", 1),
                        Error, [](const Error& error) { return error.kind() == ErrorKind::data; });
}

}  // namespace spanlab::test
