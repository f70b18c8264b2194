// SPDX-License-Identifier: MIT
#include "evaluate/counts_by_document.hpp"

#include "spanlab/error.hpp"
#include "test.hpp"

namespace spanlab::test {
namespace {

const Inventory kDotted{{{"A", "", false}, {"B", "", false}}, {{"R.1", "", false}}};

Sentence sentence(std::string id, std::string document) {
  return {.id = std::move(id), .document = std::move(document), .words = {"a", "b", "c"}};
}

struct Texts {
  std::vector<Sentence> sentences{sentence("1", "x"), sentence("2", "y"), sentence("3", "x")};
  std::vector<Annotation> gold{{{{{0, 1}, 0}, {{2, 3}, 1}}, {{0, 1, 0}}}, {}, {{{{0, 2}, 0}}, {}}};
  std::vector<Annotation> predicted{
      {{{{0, 1}, 0}, {{2, 3}, 0}}, {{0, 1, 0}}}, {{{{0, 1}, 1}}, {}}, {{{{0, 2}, 0}}, {}}};

  CountsByDocument counts(std::string_view group = "") const {
    CountsByDocument all = documents_of(sentences);
    add_counts(group, sentences, gold, predicted, kDotted, Overlap::allowed, all);
    return all;
  }
};

ItemCounts sum(const std::optional<CountedScore>& score) {
  ItemCounts all;
  for (const ItemCounts& one : score.value().documents) all += one;
  return all;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_document_has_all_of_its_sentences) {
  const CountsByDocument counts = Texts().counts();
  BOOST_TEST((counts.unit == TextUnit::document));
  BOOST_TEST(counts.documents == (std::vector<std::string>{"x", "y"}));
  const auto entity = counted_score(counts, "entity.f1").value();
  BOOST_TEST((entity.documents == std::vector<ItemCounts>{{2, 3, 3}, {0, 1, 0}}));
  BOOST_TEST((counted_score(counts, "relation.strict.micro.recall")->measure == Measure::recall));
  BOOST_TEST((sum(counted_score(counts, "relation.strict.f1")) == ItemCounts{0, 1, 1}));
  BOOST_TEST((sum(counted_score(counts, "relation.boundary.per_type.R.1.f1")) == ItemCounts{1, 1, 1}));
  BOOST_TEST((sum(counted_score(counts, "entity.per_type.A.precision")) == ItemCounts{2, 3, 2}));
  BOOST_TEST((sum(counted_score(counts, "spans.f1")) == ItemCounts{3, 4, 3}));
}

BOOST_AUTO_TEST_CASE(sentences_stand_for_themselves_unless_each_has_a_document) {
  Texts texts;
  texts.sentences[1].document.clear();
  const CountsByDocument counts = texts.counts();
  BOOST_TEST((counts.unit == TextUnit::sentence));
  BOOST_TEST(counts.documents == (std::vector<std::string>{"1", "2", "3"}));
  BOOST_TEST((sum(counted_score(counts, "entity.f1")) == ItemCounts{2, 4, 3}));
}

BOOST_AUTO_TEST_CASE(what_is_no_ratio_of_sums_has_no_counts) {
  const CountsByDocument counts = Texts().counts();
  for (const char* path : {"entity.macro.f1", "entity.support", "spans.false_positives.iou_0.rate",
                           "log.entity.sampler.x", "union.entity.f1"}) {
    BOOST_TEST(!counted_score(counts, path), path);
  }
  const CountsByDocument grouped = Texts().counts("sci");
  BOOST_TEST((sum(counted_score(grouped, "sci.entity.f1")) == ItemCounts{2, 4, 3}));
  BOOST_TEST(!counted_score(grouped, "entity.f1"));
}

BOOST_AUTO_TEST_CASE(counts_add_up_to_the_scores) {
  const Texts texts;
  const Scores scores = score(texts.gold, texts.predicted, kDotted, Overlap::allowed);
  const ItemCounts all = sum(counted_score(texts.counts(), "entity.f1"));
  BOOST_TEST(scores.entity.micro.f1 == percent(2 * all.correct, all.predicted + all.gold));
  BOOST_TEST(scores.entity.micro.support == all.gold);
  CountsByDocument counts = documents_of(texts.sentences);
  BOOST_CHECK_THROW(add_counts("", texts.sentences, {}, texts.predicted, kDotted, Overlap::allowed, counts),
                    Error);
}

}  // namespace spanlab::test
