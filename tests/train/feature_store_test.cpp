// SPDX-License-Identifier: MIT
#include "train/feature_store.hpp"

#include <ATen/ATen.h>
#include <sys/mount.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <thread>

#include "data/dataset.hpp"
#include "files/files.hpp"
#include "model/setup.hpp"
#include "spanlab/error.hpp"
#include "train/feature_cost.hpp"
#include "train/training.hpp"

namespace spanlab::test {

namespace {

namespace fs = std::filesystem;

nlohmann::json frozen_configuration(const std::string& model, int limit) {
  nlohmann::json configuration = spert_configuration(model, limit, {{"epochs", 2}, {"lr", 1e-3}});
  configuration["encoder"]["frozen"] = true;
  return configuration;
}

/// A frozen encoder and sentences of CoNLL04 as it reads them.
struct Frozen {
  Frozen(const Cards& cards, const nlohmann::json& configuration)
      : corpus(read_corpus(cards.index().data("conll04"), cards.index().folder(cards.index().data("conll04")),
                           std::vector<std::string>{"train"}, configuration["data"]["limit"])) {
    const std::string model = configuration["encoder"]["model"];
    const Parameters parameters(components().info(ComponentKind::encoder, "bert").schema,
                                {{"model", model}, {"frozen", true}});
    Generator unused(0);
    encoder = components().encoder(
        "bert", parameters, {.model = cards.index().folder(cards.index().model(model)), .generator = unused});
    for (const Sentence& sentence : corpus.sentences) encoded.push_back(encoder->encode(sentence));
    items = frozen_items(*encoder, corpus.sentences, encoded);
  }

  Features features(std::span<const Item> chosen) {
    Generator generator(0);
    Pass pass{Mode::training, generator};
    return encoder->forward(make_batch(chosen), pass);
  }

  Corpus corpus;
  std::shared_ptr<Encoder> encoder;
  std::vector<EncodedSentence> encoded;
  std::vector<Item> items;
};

std::string identity(const Cards& cards, const nlohmann::json& configuration) {
  return feature_identity(configured(configuration), components(), cards.index(), "cpu").value_or("");
}

std::vector<fs::path> stored(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().filename() != "lock") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

// All that a trial leaves, without times.
std::string outcome(const fs::path& folder) {
  std::string text = read_file(folder / "model.safetensors") + read_file(folder / "predictions/train.jsonl");
  for (nlohmann::json& line : lines_of(folder / "metrics.jsonl")) {
    line.erase("seconds");
    text += line.dump();
  }
  return text;
}

std::string outcome_of(const Cards& cards, const nlohmann::json& configuration, const fs::path& folder,
                       const fs::path& features, std::string* log = nullptr) {
  TrialEvents events;
  events.log = [&](const std::string& line) {
    if (log) *log += line + '\n';
  };
  TrialJob job{configured(configuration), 3, folder};
  job.features = features;
  BOOST_TEST((train_trial(job, components(), cards.index(), events) == TrialEnd::finished));
  return outcome(folder);
}

// Largest difference between what the encoder makes of batches of two and what it gives with `features` at
// hand.
double distance(Frozen& frozen, const std::vector<Features>& features) {
  double most = 0;
  for (std::size_t i = 0; i + 1 < frozen.items.size(); i += 2) {
    const std::span<const Item> pair = std::span<const Item>(frozen.items).subspan(i, 2);
    const Features live = frozen.features(pair);
    for (std::size_t k = i; k < i + 2; ++k) {
      frozen.encoded[k].states = features[k].units;
      frozen.encoded[k].summary = features[k].sentences;
    }
    const Features kept = frozen.features(pair);
    BOOST_REQUIRE(kept.units.sizes() == live.units.sizes());
    most = std::max({most, (kept.units - live.units).abs().max().item<double>(),
                     (kept.sentences - live.sentences).abs().max().item<double>()});
  }
  return most;
}

}  // namespace

BOOST_AUTO_TEST_CASE(trials_end_the_same_with_and_without_stored_features) {
  Cards cards;
  if (!cards.complete()) return;
  for (const int depth : {0, 1}) {
    TemporaryFolder folder;
    nlohmann::json configuration = frozen_configuration("tiny", 70);
    configuration["entity"]["depth"] = depth;
    const std::string plain = outcome_of(cards, configuration, folder.path() / "plain", "");
    std::string first, second;
    BOOST_TEST((outcome_of(cards, configuration, folder.path() / "first", folder.path() / "features",
                           &first) == plain));
    BOOST_TEST((outcome_of(cards, configuration, folder.path() / "second", folder.path() / "features",
                           &second) == plain));
    // Training and test sentences are the same ones here.
    BOOST_TEST(stored(folder.path() / "features").size() == 2u);
    BOOST_TEST(first.find("2 blocks found, 2 computed") != std::string::npos);
    BOOST_TEST(second.find("4 blocks found, 0 computed") != std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(stored_features_are_those_of_the_running_encoder) {
  Cards cards;
  if (!cards.complete()) return;
  std::vector<std::string> models{"tiny"};
  try {
    cards.index().folder(cards.index().model("minilm"));
    models.push_back("minilm");
  } catch (const Error&) {
    BOOST_TEST_MESSAGE("without minilm, whose files are not at hand");
  }
  for (const std::string& name : models) {
    TemporaryFolder folder;
    const nlohmann::json configuration = frozen_configuration(name, 40);
    Frozen frozen(cards, configuration);
    FeatureStore store(folder.path(), identity(cards, configuration));
    const auto features = store.features(*frozen.encoder, frozen.items, at::kCPU, {});
    BOOST_REQUIRE(features.has_value());
    // States are of the order of 1. The products of a batch of another size may add in another order.
    const double most = distance(frozen, *features);
    BOOST_TEST_MESSAGE(name << ": largest difference to the running encoder " << most);
    BOOST_TEST(most <= 2e-5);
  }
}

BOOST_AUTO_TEST_CASE(damaged_files_are_computed_again) {
  Cards cards;
  if (!cards.complete()) return;
  TemporaryFolder folder;
  const fs::path features = folder.path() / "features";
  const nlohmann::json configuration = frozen_configuration("tiny", 200);
  const std::string plain = outcome_of(cards, configuration, folder.path() / "first", features);
  const std::vector<fs::path> files = stored(features);
  BOOST_REQUIRE(files.size() == 4u);
  std::vector<std::string> contents;
  for (const fs::path& file : files) contents.push_back(read_file(file));
  fs::resize_file(files[0], fs::file_size(files[0]) - 100);
  fs::resize_file(files[1], 0);
  std::fstream(files[2], std::ios::in | std::ios::out | std::ios::binary)
      .seekp(static_cast<std::streamoff>(contents[2].size() / 2))
      .put(contents[2][contents[2].size() / 2] ^ 1);
  std::string log;
  BOOST_TEST((outcome_of(cards, configuration, folder.path() / "second", features, &log) == plain));
  BOOST_TEST(log.find("5 blocks found, 3 computed") != std::string::npos, log);
  BOOST_REQUIRE((stored(features) == files));
  for (std::size_t i = 0; i < files.size(); ++i) BOOST_TEST((read_file(files[i]) == contents[i]));
}

BOOST_AUTO_TEST_CASE(of_several_at_once_one_computes) {
  Cards cards;
  if (!cards.complete()) return;
  TemporaryFolder folder;
  const nlohmann::json configuration = frozen_configuration("tiny", 400);
  constexpr int kAtOnce = 4;
  std::vector<std::unique_ptr<Frozen>> encoders;
  for (int i = 0; i < kAtOnce; ++i) encoders.push_back(std::make_unique<Frozen>(cards, configuration));
  std::vector<FeatureStore> stores(kAtOnce,
                                   FeatureStore(folder.path() / "features", identity(cards, configuration)));
  std::vector<std::vector<Features>> features(kAtOnce);
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < kAtOnce; ++i) {
      threads.emplace_back([&, i] {
        features[i] = stores[i].features(*encoders[i]->encoder, encoders[i]->items, at::kCPU, {}).value();
      });
    }
  }
  std::int64_t computed = 0;
  for (const FeatureStore& store : stores) {
    computed += store.computed();
    BOOST_TEST(store.found() + store.computed() == 7);
  }
  BOOST_TEST(computed == 7);
  BOOST_TEST(stored(folder.path() / "features").size() == 7u);
  BOOST_REQUIRE(features[0].size() == 400u);
  for (int i = 1; i < kAtOnce; ++i) {
    for (std::size_t s = 0; s < 400; ++s) {
      BOOST_TEST(at::equal(features[0][s].units, features[i][s].units));
      BOOST_TEST(at::equal(features[0][s].sentences, features[i][s].sentences));
    }
  }
}

BOOST_AUTO_TEST_CASE(what_features_depend_on_is_in_their_identity) {
  Cards cards;
  if (!cards.complete()) return;
  const nlohmann::json configuration = frozen_configuration("tiny", 20);
  const std::string base = identity(cards, configuration);
  auto changed = [&](const std::string& pointer, const nlohmann::json& value) {
    nlohmann::json other = configuration;
    other[nlohmann::json::json_pointer(pointer)] = value;
    return feature_identity(configured(other), components(), cards.index(), "cpu");
  };
  BOOST_TEST(!base.empty());
  BOOST_TEST(changed("/entity/weight", 0.5).value() == base);
  BOOST_TEST(changed("/train/epochs", 9).value() == base);
  BOOST_TEST(changed("/encoder/model", "minilm").value() != base);
  BOOST_TEST(changed("/encoder/casing", "cased").value() != base);
  BOOST_TEST(changed("/train/precision", "bf16").value() != base);
  BOOST_TEST(!changed("/encoder/frozen", false).has_value());
  BOOST_TEST(!changed("/encoder/model", "some/folder").has_value());
}

BOOST_AUTO_TEST_CASE(the_disk_that_features_take_is_known_before) {
  Cards cards;
  if (!cards.complete()) return;
  TemporaryFolder folder;
  nlohmann::json configuration = frozen_configuration("tiny", 100);
  configuration["data"]["test"] = "test";
  const fs::path features = folder.path() / "features";
  auto missing = [&] {
    return missing_feature_bytes(configured(configuration), components(), cards.index(), "cpu", features);
  };
  const std::int64_t expected = missing();
  BOOST_TEST(!fs::exists(features));
  TrialJob job{configured(configuration), 1, folder.path() / "trial"};
  job.features = features;
  train_trial(job, components(), cards.index(), {});
  std::int64_t bytes = 0;
  for (const fs::path& file : stored(features)) bytes += static_cast<std::int64_t>(fs::file_size(file));
  BOOST_TEST(expected <= bytes);
  BOOST_TEST(bytes <= expected + 4 * 2000);  // headers
  BOOST_TEST(missing() == 0);
  configuration["encoder"]["frozen"] = false;
  BOOST_TEST(missing() == 0);
}

BOOST_AUTO_TEST_CASE(a_disk_that_refuses_leaves_nothing) {
  Cards cards;
  if (!cards.complete()) return;
  TemporaryFolder folder;
  const nlohmann::json configuration = frozen_configuration("tiny", 200);
  Frozen frozen(cards, configuration);
  auto kind_of = [&](const fs::path& features) -> std::optional<ErrorKind> {
    try {
      FeatureStore(features, identity(cards, configuration))
          .features(*frozen.encoder, frozen.items, at::kCPU, {});
    } catch (const Error& error) {
      BOOST_TEST_MESSAGE(error.what());
      return error.kind();
    }
    return std::nullopt;
  };
  std::ofstream(folder.path() / "file").put('x');
  BOOST_TEST((kind_of(folder.path() / "file" / "features") == ErrorKind::environment));
  const fs::path small = folder.path() / "small";
  fs::create_directory(small);
  if (geteuid() != 0 || mount("none", small.c_str(), "tmpfs", 0, "size=500k") != 0) {
    BOOST_TEST_MESSAGE("skipped: a small file system can only be mounted by root");
    return;
  }
  BOOST_TEST((kind_of(small / "features") == ErrorKind::environment));
  for (const fs::path& file : stored(small / "features")) BOOST_TEST(file.extension() == ".safetensors");
  umount2(small.c_str(), MNT_DETACH);
}

}  // namespace spanlab::test
