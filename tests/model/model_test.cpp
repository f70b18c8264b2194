// SPDX-License-Identifier: MIT
#include "components.hpp"
#include "model/model_file.hpp"
#include "model/predict.hpp"
#include "prediction_node.hpp"
#include "spanlab/error.hpp"
#include "spanlab/span_ops.hpp"
#include "test.hpp"

namespace spanlab::test {

namespace {

const Labels kLabels{
    {"default"},
    {{{{"Peop", "People", false}, {"Loc", "Location", false}}, {{"Live_In", "Live in", false}}}}};

nlohmann::json task(const std::string& head, const std::string& loss) {
  return {{"head", {{"component", head}}},
          {"loss", {{"classify", {{"component", loss}}}}},
          {"sampler", {{"component", "uniform"}}},
          {"labeler", {{"component", "hard"}}}};
}

nlohmann::json spert() {
  nlohmann::json configuration{{"encoder", {{"component", "bert"}}},
                               {"entity", task("span", "cross_entropy")},
                               {"relation", task("pair", "bce")}};
  configuration["relation"]["spans"] = "entity";
  return configuration;
}

/// The fixtures' small encoder with its vocabulary beside it; empty where fixtures are not at hand.
class TinyEncoder {
 public:
  TinyEncoder() {
    const std::filesystem::path tiny = shared_folder() / "fixtures/encoder/tiny";
    if (!std::filesystem::exists(tiny)) {
      BOOST_TEST_MESSAGE("skipped: no " << tiny.string());
      return;
    }
    for (const char* file : {"config.json", "model.safetensors"})
      std::filesystem::create_symlink(tiny / file, folder_.path() / file);
    std::filesystem::create_symlink(shared_folder() / "vocab/bert-base-uncased.txt",
                                    folder_.path() / "vocab.txt");
    found_ = true;
  }
  bool found() const { return found_; }
  const std::filesystem::path& folder() const { return folder_.path(); }

 private:
  TemporaryFolder folder_;
  bool found_ = false;
};

std::shared_ptr<Model> build(const nlohmann::json& configuration, const TinyEncoder& encoder) {
  Generator generator(4);
  return std::make_shared<Model>(
      ModelSetup{configured(configuration), components(), kLabels, encoder.folder(), {}, "", generator});
}

std::vector<Problem> problems_of(const nlohmann::json& configuration, const TinyEncoder& encoder) {
  try {
    build(configuration, encoder);
  } catch (const Error& error) {
    BOOST_TEST((error.kind() == ErrorKind::usage));
    return error.problems();
  }
  return {};
}

bool mentions(const std::vector<Problem>& problems, const std::string& place, const std::string& fragment) {
  return std::ranges::any_of(problems, [&](const Problem& p) {
    return p.place == place && p.message.find(fragment) != std::string::npos;
  });
}

const std::vector<Sentence> kSentences{{"a", "", {"Alice", "lives", "in", "Paris", "."}, {{}}},
                                       {"b", "", {"Bob"}, {{}}}};

std::vector<nlohmann::json> predictions(Model& model) {
  const std::vector<EncodedSentence> encoded = model.encode(kSentences);
  const Item items[] = {{&kSentences[0], &encoded[0]}, {&kSentences[1], &encoded[1]}};
  std::vector<nlohmann::json> lines;
  for (const SpanTaskPredictions& of_task : predict(model, items)) {
    for (std::size_t i = 0; i < 2; ++i)
      lines.push_back(prediction_node(kSentences[i], of_task.sentences[i], kLabels.inventories[0]));
  }
  return lines;
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_problem_of_a_configuration_is_named) {
  const TinyEncoder encoder;
  if (!encoder.found()) return;
  nlohmann::json configuration = spert();
  configuration["entity"]["view"] = "defualt";
  configuration["relation"]["loss"]["clasify"] = {{"component", "bce"}};
  configuration["other"] = task("pair", "bce");
  configuration["third"] = task("span", "bce");
  const std::vector<Problem> problems = problems_of(configuration, encoder);
  BOOST_TEST(mentions(problems, "entity.view", "did you mean 'default'"));
  BOOST_TEST(mentions(problems, "other.spans", "needs a task that gives the spans"));
  BOOST_TEST(mentions(problems, "third.loss.classify", "cannot compare 3 columns of scores with 2 types"));

  configuration = spert();
  configuration["relation"]["loss"]["clasify"] = {{"component", "bce"}};
  BOOST_TEST(
      mentions(problems_of(configuration, encoder), "relation.loss.clasify", "did you mean 'classify'"));
  configuration = spert();
  configuration["relation"]["loss"] = nlohmann::json::object();
  BOOST_TEST(
      mentions(problems_of(configuration, encoder), "relation.loss.classify", "every output needs a loss"));
  configuration = spert();
  configuration["relation"]["spans"] = "entitty";
  BOOST_TEST(mentions(problems_of(configuration, encoder), "relation.spans", "did you mean 'entity'"));
}

BOOST_AUTO_TEST_CASE(stored_models_predict_the_same) {
  const TinyEncoder encoder;
  if (!encoder.found()) return;
  TemporaryFolder folder;
  const auto model = build(spert(), encoder);
  {  // entities and relations everywhere, with scores of all sizes
    const at::NoGradGuard no_gradients;
    Generator generator(2);
    for (auto& item : model->named_parameters()) {
      if (item.key().find(".head.") != std::string::npos) fill_normal(item.value(), 0.3, generator);
    }
  }
  const std::vector<nlohmann::json> expected = predictions(*model);
  BOOST_TEST(expected[0].at("entities").size() > 1u);
  BOOST_TEST(expected[0].at("relations").size() > 0u);
  save_model(*model, configured(spert()), folder.path() / "model.safetensors");
  const auto stored = load_model(folder.path() / "model.safetensors",
                                 read_description(folder.path() / "model.safetensors", components()),
                                 components(), encoder.folder());
  BOOST_TEST((predictions(*stored) == expected));

  const ModelDescription description = read_description(folder.path() / "model.safetensors", components());
  BOOST_TEST((description.configuration == configured(spert())));
  BOOST_TEST(description.labels.inventories[0].entities[1].title == "Location");
  BOOST_CHECK_THROW(read_description(encoder.folder() / "model.safetensors", components()), Error);
}

BOOST_AUTO_TEST_CASE(same_seed_same_weights) {
  const TinyEncoder encoder;
  if (!encoder.found()) return;
  const auto one = build(spert(), encoder), two = build(spert(), encoder);
  const auto others = two->named_parameters();
  for (const auto& item : one->named_parameters())
    BOOST_TEST(at::equal(item.value(), others[item.key()]), item.key());
}

BOOST_AUTO_TEST_CASE(wrong_tensors_are_all_named) {
  const TinyEncoder encoder;
  if (!encoder.found()) return;
  const auto model = build(spert(), encoder);
  NamedTensors tensors = trained_parameters(*model);
  tensors.erase("entity.head.widths");
  tensors["relation.head.classify_bias"] = at::zeros({7});
  tensors["stranger"] = at::zeros({1});
  at::Tensor& half = tensors["relation.head.classify_weight"];
  half = half.to(at::kHalf);
  try {
    set_parameters(*model, tensors, "file");
    BOOST_FAIL("accepted");
  } catch (const Error& error) {
    BOOST_TEST((error.kind() == ErrorKind::data));
    BOOST_TEST(mentions(error.problems(), "file", "'entity.head.widths' is missing"));
    BOOST_TEST(
        mentions(error.problems(), "file", "'relation.head.classify_bias' has shape [7], expected [1]"));
    BOOST_TEST(mentions(error.problems(), "file", "'stranger'"));
    BOOST_TEST(mentions(error.problems(), "file",
                        "'relation.head.classify_weight' holds numbers of the type Half, expected Float"));
  }
}

}  // namespace spanlab::test
