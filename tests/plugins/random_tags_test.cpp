// SPDX-License-Identifier: MIT
// The tags that a CRF finds, against all sequences over one sentence.
#include <cmath>

#include "plugins/random_scene.hpp"
#include "spanlab/tags.hpp"

namespace spanlab::test {

namespace {

// Scores and tags of all sequences over one sentence.
struct Sequences {
  std::vector<std::pair<double, std::vector<std::int64_t>>> all;
  double partition = 0;

  Sequences(const Outputs& said, const at::Tensor& emissions) {
    extend(said, emissions, {}, 0);
    for (const auto& [score, tags] : all) partition += std::exp(score);
  }
  const std::pair<double, std::vector<std::int64_t>>& best(bool legal) const {
    const std::pair<double, std::vector<std::int64_t>>* found = nullptr;
    for (const auto& one : all) {
      bool allowed = true;
      for (std::size_t i = 0; i < one.second.size(); ++i)
        allowed &= may_follow(i == 0 ? -1 : one.second[i - 1], one.second[i]);
      if ((allowed || !legal) && (!found || one.first > found->first)) found = &one;
    }
    return *found;
  }

 private:
  void extend(const Outputs& said, const at::Tensor& emissions, std::vector<std::int64_t> tags,
              double score) {
    const auto word = std::ssize(tags);
    if (word == emissions.size(0)) {
      all.emplace_back(score + said.at("end")[tags.back()].item<double>(), tags);
      return;
    }
    for (std::int64_t tag = 0; tag < emissions.size(1); ++tag) {
      const double step =
          (word == 0 ? said.at("start")[tag] : said.at("transitions")[tags.back()][tag]).item<double>();
      std::vector<std::int64_t> longer = tags;
      longer.push_back(tag);
      extend(said, emissions, longer, score + step + emissions[word][tag].item<double>());
    }
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(random_tags)

BOOST_AUTO_TEST_CASE(crf_finds_the_best_of_all_sequences_in_each_sentence) {
  int sentences = 0, entities = 0;
  for (std::uint64_t seed = 0; seed < kScenes; ++seed) {
    const RandomScene scene(seed, 3);
    if (scene.inventory.entities.size() > 2) continue;
    const Candidates candidates = word_candidates(scene.batch, {});
    for (const bool legal : {false, true}) {
      const auto head = random_head("crf", {{"hidden", std::int64_t{3}}, {"legal", legal}}, scene);
      Generator generator(1);
      Pass pass{Mode::evaluation, generator};
      const at::NoGradGuard no_gradients;
      const Outputs said = head->forward(scene.features, candidates, {}, pass);
      std::vector<Decision> expected;
      for (std::int64_t s = 0; s < scene.batch.size(); ++s) {
        const std::int64_t first = scene.batch.word_offsets[static_cast<std::size_t>(s)];
        const Sequences sequences(
            said,
            said.at("emissions").slice(0, first, scene.batch.word_offsets[static_cast<std::size_t>(s) + 1]));
        const auto& [score, tags] = sequences.best(legal);
        for (const Entity& entity : from_tags(tags)) {
          expected.push_back({first + entity.span.begin, s, entity.span, entity.type,
                              static_cast<float>(std::exp(score) / sequences.partition)});
        }
        ++sentences;
      }
      const std::vector<Decision> found = head->decode(said, candidates);
      BOOST_REQUIRE(found.size() == expected.size());
      for (std::size_t i = 0; i < found.size(); ++i) {
        BOOST_TEST((found[i].row == expected[i].row && found[i].sentence == expected[i].sentence));
        BOOST_TEST((found[i].span == expected[i].span && found[i].type == expected[i].type));
        BOOST_TEST(found[i].score == expected[i].score, boost::test_tools::tolerance(1e-5f));
        ++entities;
      }
    }
  }
  BOOST_TEST((sentences > 30 && entities > 30));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace spanlab::test
