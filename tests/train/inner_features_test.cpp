// SPDX-License-Identifier: MIT
// Features of an encoder that stands frozen inside another one.
#include "train/feature_store.hpp"
#include "train/feature_cost.hpp"
#include "train/training.hpp"

namespace spanlab::test {

namespace {

nlohmann::json recurrent_configuration(const nlohmann::json& changes = nlohmann::json::object()) {
  nlohmann::json configuration = spert_configuration("tiny", 20, {{"epochs", 1}, {"keep", "none"}});
  configuration["encoder"] = {
      {"component", "birnn"}, {"model", "tiny"}, {"size", 8}, {"word_size", 8}, {"character_states", 0}};
  configuration["encoder"].update(changes);
  return configuration;
}

std::optional<std::string> identity_of(const Cards& cards, const nlohmann::json& encoder,
                                       const std::string& precision = "float32") {
  return feature_identity(configured({{"encoder", encoder}, {"train", {{"precision", precision}}}}),
                          components(), cards.index(), "cpu");
}

std::string log_of(const Cards& cards, const nlohmann::json& configuration,
                   const std::filesystem::path& folder, const std::filesystem::path& features) {
  std::string log;
  TrialEvents events;
  events.log = [&](const std::string& line) { log += line + '\n'; };
  TrialJob job{configured(configuration), 3, folder};
  job.features = features;
  BOOST_TEST((train_trial(job, components(), cards.index(), events) == TrialEnd::finished));
  return log;
}

}  // namespace

BOOST_AUTO_TEST_CASE(features_of_an_inner_encoder_depend_on_it_alone) {
  Cards cards;
  if (!cards.complete()) return;
  const auto recurrent = [&](const nlohmann::json& changes) {
    return identity_of(cards, recurrent_configuration(changes)["encoder"]);
  };
  const std::string base = recurrent(nlohmann::json::object()).value();
  BOOST_TEST(recurrent({{"size", 16}}).value() == base);
  BOOST_TEST(recurrent({{"layers", 3}, {"dropout", 0.1}, {"cell", "lstm"}, {"lower", false}}).value() ==
             base);
  BOOST_TEST(recurrent({{"model", "minilm"}}).value() != base);
  BOOST_TEST(!recurrent({{"model", nullptr}}).has_value());
  BOOST_TEST(identity_of(cards, recurrent_configuration()["encoder"], "bf16").value() != base);
  BOOST_TEST(identity_of(cards, {{"component", "bert"}, {"model", "tiny"}, {"frozen", true}}).value() ==
             base);
}

BOOST_AUTO_TEST_CASE(trials_that_differ_in_the_outer_encoder_share_features) {
  Cards cards;
  if (!cards.complete()) return;
  TemporaryFolder folder;
  const std::filesystem::path features = folder.path() / "features";
  const nlohmann::json other = recurrent_configuration({{"size", 4}});
  BOOST_TEST(missing_feature_bytes(configured(other), components(), cards.index(), "cpu", features) > 0);
  // Training and test sentences are the same ones here.
  const std::string first = log_of(cards, recurrent_configuration(), folder.path() / "first", features);
  BOOST_TEST(first.find("1 blocks found, 1 computed") != std::string::npos, first);
  BOOST_TEST(missing_feature_bytes(configured(other), components(), cards.index(), "cpu", features) == 0);
  const std::string second = log_of(cards, other, folder.path() / "second", features);
  BOOST_TEST(second.find("2 blocks found, 0 computed") != std::string::npos, second);
  nlohmann::json frozen = spert_configuration("tiny", 20, {{"epochs", 1}, {"keep", "none"}});
  frozen["encoder"]["frozen"] = true;
  const std::string third = log_of(cards, frozen, folder.path() / "third", features);
  BOOST_TEST(third.find("2 blocks found, 0 computed") != std::string::npos, third);
}

}  // namespace spanlab::test
