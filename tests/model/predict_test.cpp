// SPDX-License-Identifier: MIT
#include "model/predict.hpp"

#include <ATen/Parallel.h>

#include <cmath>

#include "model/papers.hpp"

namespace spanlab::test {

namespace {

void check_alike(const Prediction& found, const Prediction& expected, float tolerance) {
  BOOST_REQUIRE(found.entities.size() == expected.entities.size());
  BOOST_REQUIRE(found.relations.size() == expected.relations.size());
  for (std::size_t i = 0; i < expected.entities.size(); ++i) {
    BOOST_TEST((found.entities[i].entity == expected.entities[i].entity));
    BOOST_TEST(std::abs(found.entities[i].score - expected.entities[i].score) <= tolerance);
  }
  for (std::size_t i = 0; i < expected.relations.size(); ++i) {
    BOOST_TEST((found.relations[i].relation == expected.relations[i].relation));
    BOOST_TEST(std::abs(found.relations[i].score - expected.relations[i].score) <= tolerance);
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(predictions_do_not_depend_on_the_size_of_batches_and_on_threads) {
  const TinyBert bert;
  const int usual = at::get_num_threads();
  for (const Paper& paper : papers()) {
    BOOST_TEST_CONTEXT(paper.name) {
      const auto model = moved(paper, bert);
      const std::vector<EncodedSentence> encoded = model->encode(paper.sentences);
      std::vector<Item> items;
      for (std::size_t i = 0; i < encoded.size(); ++i) items.push_back({&paper.sentences[i], &encoded[i]});
      // Every sentence on its own, one after the other.
      at::set_num_threads(1);
      std::vector<std::vector<SpanTaskPredictions>> alone;
      for (const Item& item : items) {
        const Batch batch = make_batch({&item, 1});
        alone.push_back(assemble(*model, batch, decide(*model, batch)));
      }
      for (const auto& [units, threads] : std::vector<std::pair<std::int64_t, int>>{
               {1, 1}, {7, 1}, {12, 1}, {25, 1}, {1024, 1}, {1, 2}, {7, 4}, {25, 2}}) {
        at::set_num_threads(threads);
        const std::vector<SpanTaskPredictions> all = predict(*model, items, units);
        BOOST_REQUIRE(all.size() == alone.front().size());
        for (std::size_t task = 0; task < all.size(); ++task) {
          BOOST_TEST(all[task].task == alone.front()[task].task);
          BOOST_REQUIRE(all[task].sentences.size() == items.size());
          // A budget of one unit gives batches of one sentence, and one thread goes through them as above:
          // the same products. In larger batches they have other shapes, and on several threads each is
          // computed inside of a parallel region: either way the library may choose another kernel, which
          // adds in another order. Scores below 1 then differ by a few roundings of 6e-8.
          const float tolerance = units == 1 && threads == 1 ? 0.0f : 1e-5f;
          for (std::size_t i = 0; i < items.size(); ++i)
            check_alike(all[task].sentences[i], alone[i][task].sentences.front(), tolerance);
        }
      }
      for (const SpanTaskPredictions& none : predict(*model, {}, 1)) BOOST_TEST(none.sentences.empty());
    }
  }
  at::set_num_threads(usual);
}

}  // namespace spanlab::test
