// SPDX-License-Identifier: MIT
// Scenes are what a host could make of a data set: what does not hold for them would be asked of components
// in vain.
#include <ATen/ATen.h>

#include "contract/scene.hpp"
#include "test.hpp"

namespace spanlab::test {

namespace {

using suite::Scene;
using suite::Shape;

constexpr std::uint64_t kScenes = 40;

constexpr HeadKind kKinds[] = {HeadKind::spans, HeadKind::pairs, HeadKind::words};

void check_annotation(const Annotation& view, std::size_t words) {
  for (std::size_t i = 0; i < view.entities.size(); ++i) {
    const Span& span = view.entities[i].span;
    BOOST_TEST((0 <= span.begin && span.begin < span.end && span.end <= static_cast<std::int32_t>(words)));
    for (std::size_t j = 0; j < i; ++j)
      BOOST_TEST((view.entities[j].span != span), "a gold span stands twice");
  }
  for (const Relation& relation : view.relations) {
    BOOST_TEST(relation.head != relation.tail);
    const bool symmetric = suite::inventory().relations[static_cast<std::size_t>(relation.type)].symmetric;
    const Span &head = view.entities[static_cast<std::size_t>(relation.head)].span,
               &tail = view.entities[static_cast<std::size_t>(relation.tail)].span;
    if (symmetric) BOOST_TEST((head < tail), "a symmetric relation begins with its later span");
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(scenes)

BOOST_AUTO_TEST_CASE(annotations_are_as_data_sets_have_them) {
  std::size_t entities = 0, relations = 0;
  for (std::uint64_t seed = 0; seed < kScenes; ++seed) {
    const Scene scene(seed, Shape::ordinary);
    for (const Sentence& sentence : scene.sentences) {
      BOOST_TEST(sentence.views.size() == 2u);
      for (const Annotation& view : sentence.views) check_annotation(view, sentence.words.size());
      entities += sentence.views[0].entities.size();
      relations += sentence.views[0].relations.size();
    }
  }
  BOOST_TEST(entities > 2 * kScenes);
  BOOST_TEST(relations > kScenes / 2);
}

BOOST_AUTO_TEST_CASE(one_seed_gives_one_scene) {
  const Scene one(3, Shape::ordinary), same(3, Shape::ordinary), other(4, Shape::ordinary);
  BOOST_TEST(at::equal(one.features.units, same.features.units));
  BOOST_TEST((one.sentences[0].words == same.sentences[0].words));
  BOOST_TEST(!at::equal(one.features.sentences, other.features.sentences));
  for (const HeadKind kind : kKinds)
    BOOST_TEST(at::equal(one.scores(kind, 3).scores, same.scores(kind, 3).scores));
}

BOOST_AUTO_TEST_CASE(targets_are_shares_of_types_and_tags_are_legal) {
  for (std::uint64_t seed = 0; seed < kScenes; ++seed) {
    const Scene scene(seed, Shape::ordinary);
    for (const HeadKind kind : kKinds) {
      const suite::Scores& scores = scene.scores(kind, suite::types_of(kind));
      BOOST_TEST(scores.scores.size(0) == scene.candidates(kind).size());
      BOOST_TEST(scores.first.sizes() == at::IntArrayRef({scores.scores.size(0)}));
      BOOST_TEST(at::allclose(scores.targets.sum(1), scores.hard.sum(1)));
      const at::Tensor is_gold = (scores.first >= 0).to(at::kFloat);
      BOOST_TEST(at::equal(scores.hard.sum(1), is_gold));
    }
    const at::Tensor tags = scene.scores(HeadKind::words, 7).first;
    for (std::int64_t word = 0; word < tags.size(0);
         ++word) {  // an inside tag, 1, 3, …, follows its own type's
      const auto tag = tags[word].item<std::int64_t>();
      if (tag < 0 || tag % 2 == 0) continue;
      BOOST_REQUIRE(word > 0);
      BOOST_TEST(tags[word - 1].item<std::int64_t>() / 2 == tag / 2);
    }
  }
}

BOOST_AUTO_TEST_CASE(shapes_are_what_their_names_say) {
  const Scene one_word(1, Shape::one_word), longer(1, Shape::long_sentence), empty(1, Shape::no_candidates);
  for (const Sentence& sentence : one_word.sentences) BOOST_TEST(sentence.words.size() == 1u);
  BOOST_TEST(longer.sentences.size() == 1u);
  BOOST_TEST(longer.sentences[0].words.size() > 100u);
  BOOST_TEST(empty.sentences.size() > 1u);
  for (const HeadKind kind : kKinds) BOOST_TEST(empty.candidates(kind).size() == 0);
  BOOST_TEST(Scene(1, Shape::ordinary, at::kDouble).features.units.scalar_type() == at::kDouble);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace spanlab::test
