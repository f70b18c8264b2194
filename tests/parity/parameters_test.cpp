// SPDX-License-Identifier: MIT
// How many trained parameters task-specific depth has: both cells, every number of layers.
#include <ATen/ATen.h>

#include <fstream>
#include <numeric>
#include <set>

#include "model/model_file.hpp"
#include "parity/spert_model.hpp"

namespace spanlab::test {

namespace {

using nlohmann::json;

// A file with one word of so many numbers: word vectors that are not trained.
std::filesystem::path vectors_file(const TemporaryFolder& folder, std::int64_t size) {
  std::ofstream stream(folder.path() / "vectors.txt");
  stream << "word";
  for (std::int64_t i = 0; i < size; ++i) stream << " 0.5";
  stream << "\n";
  return folder.path() / "vectors.txt";
}

// So many different characters, with the unknown one.
std::vector<Sentence> sentences_of(std::int64_t characters) {
  std::string word;
  for (std::int64_t i = 0; i + 1 < characters; ++i) word += static_cast<char>('!' + i);
  return {{"", "", {word}, {{}}}};
}

std::int64_t trained(const Model& model, const std::string& part) {
  const std::string own = parameter_name(part + ".");
  const std::set<std::string> crf{"entity.head.transitions", "entity.head.start", "entity.head.end"};
  std::int64_t sum = 0;
  for (const auto& [name, tensor] : trained_parameters(model)) {
    const bool table = part == "tag" || part == "distmult";
    const bool belongs = part == "crf" ? crf.contains(name)
                         : table       ? name == parameter_name(part + ".weight")
                                       : name.starts_with(own);
    if (belongs) sum += tensor.numel();
  }
  return sum;
}

using Depths = std::array<int, 3>;  // shared, entity, relation

/// Counts the parameters of models as a fixture describes them. To draw the weights of all would take long,
/// and a part depends on little: the encoder on its own layers alone, a task on its own and on whether there
/// are shared ones.
class Counts {
 public:
  explicit Counts(const json& set) : set_(set), training_(sentences_of(set.at("characters"))) {
    for (std::int64_t i = 0; 2 * i + 1 < set.at("tags"); ++i)
      inventory_.entities.push_back({std::to_string(i), "", false});
    for (std::int64_t i = 0; i < set.at("relations"); ++i)
      inventory_.relations.push_back({std::to_string(i), "", false});
    vectors_ = vectors_file(folder_, set.at("word_vector")).string();
  }

  /// Of a model that is built: parts by name.
  const json& of_model(const std::string& cell, const Depths& depths) {
    json& known = models_[{cell, depths}];
    if (!known.is_null()) return known;
    json config = set_.at("sizes");
    config.update({{"rnn", cell},
                   {"layers", {{"shared", depths[0]}, {"ner", depths[1]}, {"re", depths[2]}}},
                   {"dropout", 0.0},
                   {"lambda_r", 5},
                   {"threshold", 0.9},
                   {"tags", json::array()},
                   {"legal_transitions_only", true}});
    json configuration = configuration_of(config);
    configuration["encoder"].update({{"vectors", vectors_}, {"train_vectors", false}});
    Generator generator(1);
    const Model model(ModelSetup{
        configured(configuration), components(), {{"default"}, {inventory_}}, {}, training_, "", generator});
    for (const auto& [part, unused] : set_.at("paper").at("gru").at("parts").items())
      known[part] = trained(model, part);
    std::int64_t total = 0;
    for (const auto& [part, count] : parameter_counts(model)) total += count;
    BOOST_TEST(total == total_of(known), "parameters outside the fixture's parts");
    return known;
  }

  /// Of any, put together from models of few layers.
  json put_together(const std::string& cell, const Depths& depths) {
    const int shared = std::min(1, depths[0]);
    json parts = of_model(cell, {depths[0], 0, 0});
    for (const auto& [tower, layers] : {std::pair("ner", depths[1]), std::pair("re", depths[2])}) {
      const json& task = of_model(cell, {shared, layers, layers});
      for (const auto& [part, count] : task.items()) {
        const bool of_entities = part.starts_with("ner") || part == "crf",
                   of_encoder = part.starts_with("char") || part == "shared_rnn";
        if (!of_encoder && of_entities == (tower == std::string("ner"))) parts[part] = count;
      }
    }
    return parts;
  }

  static std::int64_t total_of(const json& parts) {
    return std::accumulate(
        parts.begin(), parts.end(), std::int64_t{0},
        [](std::int64_t sum, const json& count) { return sum + count.get<std::int64_t>(); });
  }

 private:
  const json& set_;
  std::vector<Sentence> training_;
  Inventory inventory_;
  TemporaryFolder folder_;
  std::string vectors_;
  std::map<std::pair<std::string, Depths>, json> models_;
};

void compare_counts(Comparison& comparison, const json& parts, const json& cell) {
  const std::string place = cell.at("rnn").get<std::string>() + " " + cell.at("layers").dump();
  comparison.exact("parameters", Counts::total_of(parts) == cell.at("total"), place);
  for (const auto& [part, count] : cell.at("parts").items())
    comparison.exact("parameters of parts", parts.at(part) == count, place + " " + part);
}

Depths depths_of(const json& cell) {
  const json& layers = cell.at("layers");
  return {layers.at("shared"), layers.at("ner"), layers.at("re")};
}

}  // namespace

BOOST_AUTO_TEST_CASE(parity_parameters) {
  const std::filesystem::path file = fixtures_folder("systems/parameters.json");
  if (file.empty()) return;
  Comparison comparison("parameters");
  const json set = read_json(file);
  Counts counts(set);
  for (const auto& [name, cell] : set.at("paper").items())
    compare_counts(comparison, counts.of_model(cell.at("rnn"), depths_of(cell)), cell);
  for (const json& cell : set.at("grid"))
    compare_counts(comparison, counts.put_together(cell.at("rnn"), depths_of(cell)), cell);
}

}  // namespace spanlab::test
