// SPDX-License-Identifier: MIT
#include "model/model_file.hpp"
#include "model/papers.hpp"
#include "model/predict.hpp"
#include "prediction_node.hpp"

namespace spanlab::test {

namespace {

/// All that a model says of a paper's sentences: every output of every task, and the predictions of each span
/// task.
struct Said {
  Said(Model& model, const std::vector<Sentence>& sentences) {
    const std::vector<EncodedSentence> encoded = model.encode(sentences);
    std::vector<Item> items;
    for (std::size_t i = 0; i < sentences.size(); ++i) items.push_back({&sentences[i], &encoded[i]});
    const Batch batch = make_batch(items);
    for (const auto& task : decide(model, batch)) outputs.push_back(task->scores.outputs);
    for (const SpanTaskPredictions& task : predict(model, items)) {
      for (std::size_t i = 0; i < sentences.size(); ++i) {
        predictions.push_back(
            prediction_node(sentences[i], task.sentences[i], model.inventory(model.tasks()[task.task])));
      }
    }
  }
  std::size_t count(const char* what) const {
    std::size_t sum = 0;
    for (const nlohmann::json& prediction : predictions) sum += prediction.at(what).size();
    return sum;
  }
  std::vector<Outputs> outputs;
  std::vector<nlohmann::json> predictions;
};

}  // namespace

BOOST_AUTO_TEST_CASE(the_stored_model_of_every_paper_says_the_same) {
  const TinyBert bert;
  for (const Paper& paper : papers()) {
    BOOST_TEST_CONTEXT(paper.name) {
      TemporaryFolder folder;
      const std::filesystem::path file = folder.path() / "model.safetensors";
      const auto trained = moved(paper, bert);
      const Said expected(*trained, paper.sentences);
      BOOST_TEST(expected.count("entities") > 5u);
      BOOST_TEST(expected.count("relations") > 5u);
      save_model(*trained, configured(paper.configuration), file);

      const ModelDescription description = read_description(file, components());
      BOOST_TEST((description.configuration == configured(paper.configuration)));
      const auto stored = load_model(file, description, components(), bert.folder());
      const Said found(*stored, paper.sentences);
      BOOST_TEST((found.predictions == expected.predictions));
      BOOST_REQUIRE(found.outputs.size() == expected.outputs.size());
      for (std::size_t task = 0; task < found.outputs.size(); ++task) {
        BOOST_REQUIRE(found.outputs[task].size() == expected.outputs[task].size());
        for (const auto& [name, scores] : expected.outputs[task]) {
          BOOST_TEST(at::equal(found.outputs[task].at(name), scores),
                     stored->tasks()[task].name << "." << name);
        }
      }

      // Its initial weights were others: what agrees was in the file. What is frozen was not.
      BOOST_TEST((Said(*fresh(paper, bert, 0), paper.sentences).predictions != expected.predictions));
      const NamedTensors written = read_tensors(file).tensors;
      std::size_t trainable = 0;
      for (const auto& item : stored->named_parameters()) trainable += item.value().requires_grad();
      BOOST_TEST(written.size() == trainable);
      for (const auto& [name, tensor] : written) BOOST_TEST(!name.starts_with("encoder.context."), name);
    }
  }
}

}  // namespace spanlab::test
