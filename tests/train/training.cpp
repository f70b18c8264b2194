// SPDX-License-Identifier: MIT
#include "files/checksum.hpp"
#include "train/training.hpp"
#include "components.hpp"

#include <fstream>

namespace spanlab::test {

Cards::Cards() {
  const std::filesystem::path tiny = shared_folder() / "fixtures/encoder/tiny";
  const std::filesystem::path data = shared_folder() / "datasets/conll04";
  if (!std::filesystem::exists(tiny) || !std::filesystem::exists(data)) {
    BOOST_TEST_MESSAGE("skipped: no data sets or fixtures in " << shared_folder().string());
    return;
  }
  const std::filesystem::path folder = folder_.path() / "tiny";
  std::filesystem::create_directories(folder_.path() / "models");
  std::filesystem::create_directories(folder);
  std::filesystem::copy(tiny / "config.json", folder / "config.json");
  std::filesystem::copy(tiny / "model.safetensors", folder / "model.safetensors");
  std::filesystem::copy(shared_folder() / "vocab/bert-base-uncased.txt", folder / "vocab.txt");
  std::ofstream card(folder_.path() / "models/tiny.toml");
  card << "title = \"a small random encoder\"\nlicence = \"none\"\nsource = \"the parity fixtures\"\nuncased "
          "= true\n";
  for (const auto& [name, file] : {std::pair("config", "config.json"), std::pair("vocabulary", "vocab.txt"),
                                   std::pair("weights", "model.safetensors")}) {
    card << "[files." << name << "]\npath = \"" << file << "\"\nsha256 = \"" << sha256_of_file(folder / file)
         << "\"\n";
  }
  card.close();
  DataLocations locations = standard_locations({});
  locations.cards.push_back(folder_.path());
  locations.files.push_back(folder_.path());
  index_ = std::make_unique<CardIndex>(locations, components());
}

nlohmann::json spert_configuration(const std::string& model, int limit, const nlohmann::json& train) {
  const nlohmann::json labeler{{"component", "hard"}};
  const nlohmann::json sampler{{"component", "uniform"}};
  return {{"data", {{"name", "conll04"}, {"train", "train"}, {"test", "train"}, {"limit", limit}}},
          {"encoder", {{"component", "bert"}, {"model", model}}},
          {"entity",
           {{"head", {{"component", "span"}}},
            {"loss", {{"classify", {{"component", "cross_entropy"}}}}},
            {"sampler", sampler},
            {"labeler", labeler}}},
          {"relation",
           {{"spans", "entity"},
            {"head", {{"component", "pair"}}},
            {"loss", {{"classify", {{"component", "bce"}}}}},
            {"sampler", sampler},
            {"labeler", labeler}}},
          {"train", train}};
}

std::vector<nlohmann::json> lines_of(const std::filesystem::path& file) {
  std::ifstream stream(file);
  BOOST_REQUIRE_MESSAGE(stream, "cannot read " << file);
  std::vector<nlohmann::json> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(nlohmann::json::parse(line));
  return lines;
}

}  // namespace spanlab::test
