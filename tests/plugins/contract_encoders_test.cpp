// SPDX-License-Identifier: MIT
// What every encoder must keep, however it is set: the promises of encoder.hpp.
#include "data/card.hpp"
#include "plugins/contract.hpp"
#include "spanlab/encoder.hpp"
#include "spanlab/error.hpp"
#include "components.hpp"

namespace spanlab::test::contract {

namespace {

std::filesystem::path model_folder(const Parameters& parameters) {
  if (!parameters.values().contains("model") || !parameters.has("model")) return {};
  const CardIndex cards(standard_locations({}), test::components());
  return cards.folder(cards.model(parameters.text("model")));
}

// Encoded sentences and their batch.
struct EncodedScene {
  explicit EncodedScene(const Encoder& encoder) {
    for (const Sentence& sentence : all) encoded.push_back(encoder.encode(sentence));
    for (std::size_t i = 0; i < all.size(); ++i) items.push_back({&all[i], &encoded[i]});
    batch = make_batch(items);
  }
  std::vector<Sentence> all = sentences();
  std::vector<EncodedSentence> encoded;
  std::vector<Item> items;
  Batch batch;
};

void check_units(const EncodedScene& scene) {
  for (std::size_t i = 0; i < scene.all.size(); ++i) {
    BOOST_TEST(scene.encoded[i].words.size() == scene.all[i].words.size());
    for (const Rows& rows : scene.encoded[i].words)
      BOOST_TEST((0 <= rows.begin && rows.begin < rows.end && rows.end <= std::ssize(scene.encoded[i].ids)));
  }
}

// Of two encoders made alike; what is not trained has no dropout either.
void check_passes(Encoder& encoder, Encoder& again, const Batch& batch) {
  Generator generator(1), same(1);
  const std::string before = generator.save();
  Pass evaluation{Mode::evaluation, generator}, training{Mode::training, generator},
      training_again{Mode::training, same};
  const Features first = encoder.forward(batch, evaluation), second = again.forward(batch, evaluation);
  BOOST_TEST(generator.save() == before, "evaluation draws from the generator");
  BOOST_TEST(first.units.sizes() == at::IntArrayRef({batch.ids.size(0), encoder.width()}));
  BOOST_TEST(first.sentences.sizes() == at::IntArrayRef({batch.size(), encoder.width()}));
  BOOST_TEST(at::isfinite(first.units).all().item<bool>());
  check_equal(first.units, second.units, "evaluation of equal encoders");
  const Features drawn = encoder.forward(batch, training);
  const at::Tensor sum = weighted(drawn.units) + weighted(drawn.sentences);
  const bool trained = std::ranges::any_of(
      encoder.parameters(), [](const at::Tensor& parameter) { return parameter.requires_grad(); });
  BOOST_TEST(sum.requires_grad() == trained);
  if (trained)
    check_gradients(encoder, sum);
  else
    check_equal(drawn.units, first.units, "training without anything to train");
  check_equal(drawn.units, again.forward(batch, training_again).units, "training with one seed");
}

bool check_encoder(const std::string& id, const Parameters& parameters) {
  const std::filesystem::path folder = model_folder(parameters);
  const std::vector<Sentence> training = sentences();
  const auto make = [&] {
    Generator generator(7);
    return components().encoder(id, parameters, {folder, training, "", generator});
  };
  if (!supports(make)) return false;
  const auto encoder = make(), again = make();
  check_same_weights(*encoder, *again);
  const EncodedScene scene(*encoder);
  check_units(scene);
  BOOST_CHECK_THROW(encoder->encode({"empty", "", {}, {}}), Error);
  check_passes(*encoder, *again, scene.batch);
  return true;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(contract)
BOOST_AUTO_TEST_CASE(encoders) {
  check_all(ComponentKind::encoder, check_encoder, {"birnn train_vectors=false"});
}
BOOST_AUTO_TEST_SUITE_END()

}  // namespace spanlab::test::contract
