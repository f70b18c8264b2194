// SPDX-License-Identifier: MIT
// Trials whose encoder reads the frozen features of another one.
#include "data/dataset.hpp"
#include "files/files.hpp"
#include "spanlab/tensors_file.hpp"
#include "train/predictor.hpp"
#include "train/training.hpp"

namespace spanlab::test {

BOOST_AUTO_TEST_CASE(trials_over_contextual_features_end_the_same_with_and_without_a_store) {
  Cards cards;
  if (!cards.complete()) return;
  TemporaryFolder folder;
  nlohmann::json configuration = spert_configuration("tiny", 12, {{"epochs", 30}, {"lr", 1e-2}});
  configuration["encoder"] = {
      {"component", "birnn"}, {"model", "tiny"}, {"word_size", 16}, {"character_states", 6}, {"size", 24}};
  const auto outcome = [&](const std::string& name, const std::string& features, std::string* log = nullptr) {
    TrialEvents events;
    events.log = [&](const std::string& line) {
      if (log) *log += line + '\n';
    };
    TrialJob job{configured(configuration), 3, folder.path() / name};
    if (!features.empty()) job.features = folder.path() / features;
    BOOST_TEST((train_trial(job, components(), cards.index(), events) == TrialEnd::finished));
    return read_file(job.folder / "model.safetensors") + read_file(job.folder / "predictions/train.jsonl");
  };
  std::string first, second;
  const std::string plain = outcome("plain", "");
  BOOST_TEST((outcome("first", "features", &first) == plain));
  BOOST_TEST((outcome("second", "features", &second) == plain));
  // Training and test sentences are the same ones here.
  BOOST_TEST(first.find("1 blocks found, 1 computed") != std::string::npos, first);
  BOOST_TEST(second.find("2 blocks found, 0 computed") != std::string::npos, second);

  // The stored model holds nothing of the frozen encoder, and predicts by running it what the trial did from
  // stored features.
  for (const auto& [name, tensor] : read_tensors(folder.path() / "second/model.safetensors").tensors) {
    BOOST_TEST(!name.starts_with("encoder.context."), name);
  }
  Predictor predictor(folder.path() / "second/model.safetensors", components(), cards.index(), "cpu", 1);
  const DataCard& card = cards.index().data("conll04");
  const std::vector<Sentence> sentences =
      read_corpus(card, cards.index().folder(card), std::vector<std::string>{"train"}, 12).sentences;
  const std::vector<nlohmann::json> trial = lines_of(folder.path() / "second/predictions/train.jsonl");
  std::vector<nlohmann::json> again;
  for (const std::string& line : predictor.predict(sentences)) again.push_back(nlohmann::json::parse(line));
  BOOST_REQUIRE(again.size() == trial.size());
  std::size_t entities = 0;
  for (std::size_t i = 0; i < trial.size(); ++i) {
    BOOST_REQUIRE(again[i].at("entities").size() == trial[i].at("entities").size());
    for (std::size_t k = 0; k < trial[i].at("entities").size(); ++k, ++entities) {
      nlohmann::json expected = trial[i].at("entities")[k], found = again[i].at("entities")[k];
      BOOST_TEST(found.at("score").get<double>() == expected.at("score").get<double>(),
                 boost::test_tools::tolerance(1e-4));
      found.erase("score"), expected.erase("score");
      BOOST_TEST(found == expected);
    }
  }
  BOOST_TEST(entities > 10u);
}

}  // namespace spanlab::test
