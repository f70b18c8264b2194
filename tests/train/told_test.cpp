// SPDX-License-Identifier: MIT
// What components are told and say in a training, and that an interruption changes nothing of it.
#include "files/files.hpp"
#include "records/epoch_record.hpp"
#include "settings/component_setting.hpp"
#include "spanlab/tensors_file.hpp"
#include "train/predictor.hpp"
#include "train/training.hpp"

namespace spanlab::test {

namespace {

namespace fs = std::filesystem;

}  // namespace

struct Told {
  Told() {
    std::vector<fs::path> folders = plugin_folders({});
    folders.push_back(MADE_TOLD);
    registry.load(folders);
    json = spert_configuration("tiny", 9, {{"epochs", 3}, {"lr", 1e-3}});
    json["entity"]["sampler"] = {{"component", "curriculum"}};
    json["entity"]["loss"] = {{"classify", {{"component", "twice"}}}};
  }

  TrialEnd train(const std::string& name, std::int64_t stop_after = -1) {
    TrialJob job{read_configuration(json, registry), 7, folder.path() / name};
    job.cache = folder.path() / "cache";
    std::int64_t done = 0;
    TrialEvents events;
    events.progress = [&](std::int64_t step, std::int64_t, double) { done = step; };
    events.stop = [&] { return done == stop_after; };
    events.log = [&](const std::string& line) { log += line + '\n'; };
    return train_trial(job, registry, cards.index(), events);
  }

  std::string read(const std::string& name) const { return read_file(folder.path() / name); }
  std::vector<EpochRecord> records(const std::string& name) const {
    return read_metrics(read(name + "/metrics.jsonl"), name);
  }

  Cards cards;
  Registry registry;
  TemporaryFolder folder;
  nlohmann::json json;
  std::string log;
};

BOOST_FIXTURE_TEST_SUITE(told, Told)

BOOST_AUTO_TEST_CASE(an_interruption_changes_nothing) {
  if (!cards.complete()) return;
  BOOST_TEST((train("whole") == TrialEnd::finished));
  // Nine sentences in batches of two: four steps an epoch. Once within an epoch, once at one's end.
  for (const std::int64_t stop : {6, 8, 11}) BOOST_TEST((train("parts", stop) == TrialEnd::stopped));
  BOOST_TEST((train("parts") == TrialEnd::finished));
  BOOST_TEST((read("whole/model.safetensors") == read("parts/model.safetensors")));
  const std::vector<EpochRecord> whole = records("whole"), parts = records("parts");
  BOOST_REQUIRE(whole.size() == parts.size());
  for (std::size_t i = 0; i < whole.size(); ++i) {
    BOOST_TEST(whole[i].log == parts[i].log);
    if (whole[i].losses) BOOST_TEST(whole[i].losses->terms == parts[i].losses->terms);
  }
}

BOOST_AUTO_TEST_CASE(recorded_values_are_means_over_the_training_of_an_epoch) {
  if (!cards.complete()) return;
  train("trial");
  std::vector<EpochRecord> all = records("trial");
  BOOST_REQUIRE(all.size() == 4u);  // three epochs, and the end
  for (std::size_t epoch = 0; epoch < 3; ++epoch) {
    // Every sentence has more words than that.
    BOOST_TEST(all[epoch].log.at("entity.sampler.negatives") == static_cast<double>(1 + epoch));
    const double first = 4.0 * static_cast<double>(epoch);
    BOOST_TEST(all[epoch].log.at("entity.sampler.done") == (first + 1.5) / 12,
               boost::test_tools::tolerance(1e-12));
  }
  BOOST_TEST(all[3].is_final);
  BOOST_TEST(all[3].log == all[2].log);
  BOOST_TEST(all[3].parameters.at("entity.loss") == 1);
  BOOST_TEST(log.find("entity.sampler: of 12 steps\n") != std::string::npos, log);
}

BOOST_AUTO_TEST_CASE(what_a_loss_learns_and_remembers_is_stored) {
  if (!cards.complete()) return;
  train("trial");
  const NamedTensors stored = read_tensors(folder.path() / "trial/model.safetensors").tensors;
  BOOST_TEST(stored.at("entity.loss.classify.inside.factor").item<float>() != 1);
  BOOST_TEST(stored.at("entity.loss.classify.inside.mean").item<float>() != 1);
  Predictor predictor(folder.path() / "trial/model.safetensors", registry, cards.index(), "cpu", 1);
  BOOST_TEST(predictor.predict(std::vector<Sentence>{{"a", "", {"Ada"}, {}}}).size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_component_inside_is_counted_and_cannot_be_its_own) {
  const ComponentSetting twice{ComponentKind::loss, "twice",
                               Parameters(registry.info(ComponentKind::loss, "twice").schema, {})};
  const std::vector<ComponentSetting> nested = nested_components(registry, twice);
  BOOST_REQUIRE(nested.size() == 2u);
  BOOST_TEST(nested[1].id == "remembering");
  ComponentSetting itself = twice;
  itself.parameters.set("of", std::string("twice"));
  BOOST_CHECK_EXCEPTION(nested_components(registry, itself), Error, [](const Error& error) {
    return std::string(error.what()).find("would stand inside itself") != std::string::npos;
  });
}

BOOST_AUTO_TEST_CASE(trials_of_a_store_share_what_is_kept) {
  if (!cards.complete()) return;
  json["train"]["epochs"] = 1;
  train("first");
  BOOST_TEST(log.find("entity.loss.classify: made\n") != std::string::npos, log);
  log.clear();
  train("second");
  BOOST_TEST(log.find("entity.loss.classify: found\n") != std::string::npos, log);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace spanlab::test
