// SPDX-License-Identifier: MIT
// birnn over the frozen features of another encoder, which stand in for the paper's ELMo.
#include "components.hpp"
#include "model/features.hpp"
#include "model/model_file.hpp"
#include "tiny_bert.hpp"
#include "train/feature_store.hpp"
#include "train/step.hpp"

namespace spanlab::test {

namespace {

const Labels kOneView{{"default"}, {{{{"Person", "", false}, {"Place", "", false}}, {{"In", "", false}}}}};

// `millers` is three pieces, `mills` two, `Byron` an unknown one; all others are one.
const std::vector<Sentence> kMills{
    {"a", "", {"old", "Mills"}, {{{{{0, 2}, 1}}, {}}}},
    {"b", "", {"millers", "."}, {{{{{0, 1}, 0}}, {}}}},
    {"c", "", {"Paris"}, {{{{{0, 1}, 1}}, {}}}},
    {"d", "", {"Byron", "lives", "in", "the", "old", "mills"}, {{{{{0, 1}, 0}, {{3, 6}, 1}}, {}}}}};

/// A model over birnn with contextual features, and the sentences as it reads them.
struct InContext {
  explicit InContext(const nlohmann::json& more = {}, const TinyBert& given = tiny()) {
    const nlohmann::json task{{"head", {{"component", "span"}}},
                              {"loss", {{"classify", {{"component", "cross_entropy"}}}}},
                              {"sampler", {{"component", "uniform"}}},
                              {"labeler", {{"component", "hard"}}}};
    configuration = {{"encoder",
                      {{"component", "birnn"},
                       {"model", "made up"},
                       {"least", 1},
                       {"word_size", 6},
                       {"character_size", 5},
                       {"character_states", 4},
                       {"size", 3}}},
                     {"entity", task}};
    configuration["encoder"].update(more.is_null() ? nlohmann::json::object() : more);
    Generator generator(4);
    model = std::make_shared<Model>(
        ModelSetup{configured(configuration), components(), kOneView, given.folder(), kMills, "", generator});
    encoded = model->encode(kMills);
  }
  static const TinyBert& tiny() {
    static const TinyBert bert;
    return bert;
  }
  Encoder& encoder() const { return model->encoder(); }

  Batch batch(std::vector<std::size_t> chosen) const {
    std::vector<Item> items;
    for (std::size_t i : chosen) items.push_back({&kMills[i], &encoded[i]});
    return make_batch(items);
  }
  Features features(const std::vector<std::size_t>& chosen, Mode mode = Mode::evaluation) const {
    Generator generator(1);
    Pass pass{mode, generator};
    return encoder().forward(batch(chosen), pass);
  }
  // What a store in `folder` has of the frozen encoder, handed to the sentences; how many blocks it computed.
  std::int64_t take_states(const std::filesystem::path& folder) {
    FeatureStore store(folder, "the features of this test");
    const auto features =
        store.features(*encoder().frozen(), frozen_items(encoder(), kMills, encoded), at::kCPU, {});
    for (std::size_t i = 0; i < encoded.size(); ++i) {
      frozen_encoding(encoder(), encoded[i]).states = features.value()[i].units;
      frozen_encoding(encoder(), encoded[i]).summary = features.value()[i].sentences;
    }
    return store.computed();
  }

  nlohmann::json configuration;
  std::shared_ptr<Model> model;
  std::vector<EncodedSentence> encoded;
};

constexpr std::int64_t kContextWidth = 16;
constexpr std::int64_t kOtherWidth = 6 + 7 + 2 * 4;  // word vector, casing, last states over the characters

// With no shared layer the features are what the first one would read.
const nlohmann::json kInputsAlone{{"layers", 0}};

at::Tensor contexts(const InContext& scene, const std::vector<std::size_t>& chosen) {
  const at::Tensor units = scene.features(chosen).units;
  BOOST_REQUIRE(units.size(1) == kOtherWidth + kContextWidth);
  return units.slice(1, kOtherWidth);
}

bool of_context(const std::string& name) { return name.starts_with("encoder.context."); }

}  // namespace

BOOST_AUTO_TEST_SUITE(birnn_context)

BOOST_AUTO_TEST_CASE(a_word_has_the_mean_of_its_pieces_states) {
  InContext scene(kInputsAlone);
  for (std::size_t i = 0; i < 3; ++i) {
    const std::int64_t units = std::ssize(scene.encoded[i].inner->ids);
    scene.encoded[i].inner->states =
        at::arange(units, at::kFloat).unsqueeze(1).expand({units, kContextWidth}).clone() +
        100.0 * static_cast<double>(i);
    scene.encoded[i].inner->summary = at::zeros({1, kContextWidth});
  }
  // [CLS] old mill ##s [SEP]; [CLS] mill ##er ##s . [SEP]; [CLS] paris [SEP]: piece p of sentence s has p +
  // 100 s everywhere.
  const at::Tensor expected =
      at::tensor({1.0f, 2.5f, 102.0f, 104.0f, 201.0f}).unsqueeze(1).expand({5, kContextWidth});
  BOOST_TEST(at::equal(contexts(scene, {0, 1, 2}), expected));
  BOOST_TEST(at::equal(contexts(scene, {2, 0}), expected.index_select(0, at::tensor({4, 0, 1}))));
}

BOOST_AUTO_TEST_CASE(the_running_encoder_s_states_are_averaged_too) {
  const InContext scene(kInputsAlone);
  const at::Tensor found = contexts(scene, {0, 1, 2, 3});
  std::int64_t row = 0;
  for (std::size_t i = 0; i < kMills.size(); ++i) {
    const EncodedSentence& inner = *scene.encoded[i].inner;
    const Item alone{&kMills[i], &inner};
    const at::Tensor states = encode_features(*scene.encoder().frozen(), {&alone, 1}).units.to(at::kDouble);
    BOOST_REQUIRE(states.size(0) == std::ssize(inner.ids));
    for (const Rows& word : inner.words) {
      at::Tensor mean = at::zeros({kContextWidth}, at::kDouble);
      for (std::int64_t piece = word.begin; piece < word.end; ++piece)
        mean += states[piece] / static_cast<double>(word.end - word.begin);
      BOOST_TEST((found[row++].to(at::kDouble) - mean).abs().max().item<double>() < 1e-5);
    }
  }
  BOOST_TEST(row == found.size(0));
}

BOOST_AUTO_TEST_CASE(stored_features_give_what_the_running_encoder_does) {
  for (const std::int64_t layers : {0, 1, 2}) {
    const nlohmann::json more{{"layers", layers}};
    TemporaryFolder folder;
    const InContext live(more);
    InContext first(more), second(more);
    BOOST_TEST(first.take_states(folder.path()) == 1);
    BOOST_TEST(second.take_states(folder.path()) == 0);  // read from the file
    for (const Mode mode : {Mode::evaluation, Mode::training}) {
      for (const std::vector<std::size_t>& chosen : {std::vector<std::size_t>{0, 1, 2, 3}, {3, 1}, {2}}) {
        const Features running = live.features(chosen, mode), computed = first.features(chosen, mode),
                       read = second.features(chosen, mode);
        BOOST_TEST(at::equal(computed.units, read.units));
        // The products of a batch of another size may add in another order; states are of the order of 1.
        BOOST_TEST((running.units - read.units).abs().max().item<double>() < 1e-5);
        BOOST_TEST((running.sentences - read.sentences).abs().max().item<double>() < 1e-5);
      }
    }
    // The stored ones are what is read: others give other features.
    for (EncodedSentence& sentence : second.encoded) sentence.inner->states = sentence.inner->states + 1;
    BOOST_TEST(!at::allclose(second.features({0, 3}).units, live.features({0, 3}).units, 1e-2, 1e-2));
  }
}

BOOST_AUTO_TEST_CASE(a_training_step_leaves_the_frozen_encoder_alone) {
  for (const bool stored : {false, true}) {
    for (const Adversary& adversary : {Adversary{}, Adversary{0.1, 2}}) {
      InContext scene;
      TemporaryFolder folder;
      if (stored) scene.take_states(folder.path());
      Model& model = *scene.model;
      NamedTensors before;
      for (const auto& item : model.named_parameters()) {
        before[item.key()] = item.value().detach().clone();
        BOOST_TEST(item.value().requires_grad() == !of_context(item.key()), item.key());
      }
      std::vector<SentenceSample> samples;
      for (const Sentence& sentence : kMills) samples.push_back(draw_samples(model, sentence, Generator(3)));
      Optimizer optimizer = make_optimizer(model, scene.encoded, {});
      Generator masks(5);
      Pass pass{Mode::training, masks};
      find_gradients(model, scene.batch({0, 1, 2, 3}), samples, pass, adversary);
      for (const auto& item : model.named_parameters())
        BOOST_TEST(item.value().grad().defined() == !of_context(item.key()), item.key());
      optimizer.step(1e-2);
      optimizer.settle();
      int frozen = 0;
      for (const auto& item : model.named_parameters()) {
        frozen += of_context(item.key());
        BOOST_TEST(at::equal(item.value(), before.at(item.key())) == of_context(item.key()), item.key());
      }
      BOOST_TEST(frozen == 5 + 2 * 16);  // BERT's embeddings and two layers
    }
  }
}

// A GRU's layer has three gates, each with weights over its input and its states, and two biases, in both
// directions.
BOOST_AUTO_TEST_CASE(parameters_are_as_many_as_a_closed_form_says) {
  const auto recurrent = [](std::int64_t input, std::int64_t size, std::int64_t gates) {
    return 2 * gates * size * (input + size + 2);
  };
  const TinyBert large(1024, 4, 1, 1);  // the width of ELMo and of BERT-large
  for (const auto& [width, bert] :
       {std::pair<std::int64_t, const TinyBert*>(16, &InContext::tiny()), {1024, &large}}) {
    for (const std::int64_t characters : {0, 32}) {
      for (const auto& [cell, gates] : {std::pair<const char*, std::int64_t>("gru", 3), {"lstm", 4}}) {
        const InContext scene({{"word_size", 100},
                               {"character_size", 12},
                               {"character_states", characters},
                               {"cell", cell},
                               {"layers", 2},
                               {"size", 20}},
                              *bert);
        const std::int64_t input = 100 + 7 + 2 * characters + width;
        BOOST_TEST(scene.model->named_parameters()["encoder.shared_rnn.weight_ih_l0"].size(1) == input);
        BOOST_TEST(scene.encoder().width() == 40);
        std::map<std::string, std::int64_t> counts = parameter_counts(*scene.model);
        counts.erase("entity.head");
        // Words, lower-cased, and the unknown one; letters and full stop, and the unknown one.
        std::map<std::string, std::int64_t> expected{
            {"encoder.word", 100 * (1 + 9)},
            {"encoder.shared_rnn", recurrent(input, 20, gates) + recurrent(40, 20, gates)}};
        if (characters > 0)
          expected.insert({{"encoder.char", 12 * (1 + 18)}, {"encoder.char_rnn", recurrent(12, 32, gates)}});
        BOOST_TEST((counts == expected));
        Generator generator(1);
        Pass pass{Mode::evaluation, generator};
        const Features features = scene.encoder().forward(scene.batch({0, 3}), pass);
        BOOST_TEST(at::isfinite(features.units).all().item<bool>());
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace spanlab::test
