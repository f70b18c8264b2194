// SPDX-License-Identifier: MIT
// The fixtures and what they were made from are what their manifest says: else the other comparisons mean
// nothing.
#include "data/card.hpp"
#include "files/checksum.hpp"
#include "parity/fixtures.hpp"
#include "components.hpp"

namespace spanlab::test {

namespace {

void compare_files(Comparison& comparison, const std::string& kind, const nlohmann::json& sums,
                   const std::filesystem::path& folder) {
  for (const auto& [name, sum] : sums.items()) {
    const std::filesystem::path file = folder / name;
    const bool listed = sum.is_object();  // with its size
    comparison.exact(
        kind, std::filesystem::exists(file) && sha256_of_file(file) == (listed ? sum.at("sha256") : sum),
        name);
    if (listed)
      comparison.exact(kind + ": size",
                       std::filesystem::exists(file) && std::filesystem::file_size(file) == sum.at("bytes"),
                       name);
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(parity_files_are_the_manifest_s) {
  const std::filesystem::path file = fixtures_folder("manifest.json");
  if (file.empty()) return;
  Comparison comparison("manifest");
  const nlohmann::json manifest = read_json(file);
  compare_files(comparison, "fixtures", manifest.at("files"), file.parent_path());
  compare_files(comparison, "vocabularies", manifest.at("vocabularies"), shared_folder() / "vocab");
  if (data_sets_at_hand())
    compare_files(comparison, "data sets", manifest.at("datasets"), shared_folder() / "datasets");
  // The encoder that is not among them: the card checks its files against these sums.
  const DataLocations places = standard_locations({});
  const CardIndex cards(places, components());
  for (const CardFile& stored : cards.model("minilm").files) {
    comparison.exact("encoder", manifest.at("encoder").at("files").value(stored.path, "") == stored.sha256,
                     stored.path);
  }
}

}  // namespace spanlab::test
