// SPDX-License-Identifier: MIT
#include <ATen/ATen.h>

#include <algorithm>

#include "ranking/kernel.hpp"
#include "spanlab/loss.hpp"
#include "spanlab/plugin.hpp"

namespace spanlab {

namespace {

Schema schema() {
  return Schema()
      .number("gamma", 2, "how steep both terms are (dos Santos et al. 2015)")
      .range(0.01, 100)
      .number("m_pos", 2.5, "the score that the right type is to exceed (dos Santos et al. 2015)")
      .range(-100, 100)
      .number("m_neg", 0.5,
              "minus the score that the strongest wrong type is to stay below (dos Santos et al. 2015)")
      .range(-100, 100)
      .text("negatives", "second_term",
            "what a negative gives: the second term over all types, as in the method's ancestors, or none, "
            "and then it does not count "
            "in the mean either")
      .choices({"second_term", "none"})
      .text("several", "each",
            "a candidate of several types: each is a sample of its own for which the others are no wrong "
            "types, or only the first of "
            "them exists. SpERT.MT's data have no such pair; `each` loses no annotation. `first` wants a "
            "sampler that merges the types of a pair")
      .choices({"each", "first"});
}

bool any_item_has_several_types(const Annotation& gold) {
  for (const Entity& a : gold.entities) {
    for (const Entity& b : gold.entities) {
      if (a.span == b.span && a.type != b.type) return true;
    }
  }
  const auto same = [&](std::int32_t a, std::int32_t b) {
    return gold.entities[a].span == gold.entities[b].span;
  };
  for (const Relation& a : gold.relations) {
    for (const Relation& b : gold.relations) {
      if (a.type == b.type) continue;
      if ((same(a.head, b.head) && same(a.tail, b.tail)) || (same(a.head, b.tail) && same(a.tail, b.head))) {
        return true;
      }
    }
  }
  return false;
}

/// The ranking loss over the types; scores have no column for "none".
class Ranking : public Loss {
 public:
  explicit Ranking(const Parameters& parameters)
      : margins_{parameters.number("gamma"), parameters.number("m_pos"), parameters.number("m_neg")},
        counts_negatives_(parameters.text("negatives") == "second_term"),
        each_(parameters.text("several") == "each") {}

  LossValues do_forward(const LossInput& input) override {
    const at::Tensor gold = each_ ? input.hard > 0 : only_first(input);
    const at::Tensor values = ranking(input.scores, gold, each_ ? known_types(input, gold) : gold, margins_);
    const at::Tensor samples = gold.sum(1);
    if (counts_negatives_) return {values, {}, samples.clamp_min(1)};
    return {values.masked_fill(samples == 0, 0), {}, samples};
  }

  bool do_accepts(std::int64_t columns, std::int64_t types) const override { return columns == types; }

 private:
  static at::Tensor only_first(const LossInput& input) {
    return input.first.unsqueeze(1) == at::arange(input.hard.size(1), input.first.options());
  }

  // The types that are not wrong: those of a candidate, and of the others that stand for the same span or
  // pair.
  static at::Tensor known_types(const LossInput& input, const at::Tensor& gold) {
    const Candidates& candidates = input.candidates;
    if (!std::ranges::any_of(candidates.gold,
                             [](const Annotation* one) { return any_item_has_several_types(*one); })) {
      return gold;
    }
    const at::Tensor rows = gold.any(1).nonzero().squeeze(1);
    const at::Tensor place =
        (candidates.of_pairs() ? candidates.pairs : candidates.units).index_select(0, rows);
    const at::Tensor same = (place.unsqueeze(0) == place.unsqueeze(1)).all(2).to(at::kFloat);
    const at::Tensor joined = same.matmul(gold.index_select(0, rows).to(at::kFloat)) > 0;
    return gold.index_copy(0, rows, joined);
  }

  RankingMargins margins_;
  bool counts_negatives_;
  bool each_;
};

}  // namespace

}  // namespace spanlab

SPANLAB_PLUGIN("ranking", "0.1.0", "the Spanlab authors") {
  using namespace spanlab;
  registrar.loss(
      {"ranking", "pairwise ranking: the right type above a margin, the strongest wrong one below another",
       schema(), 1},
      [](const Parameters& parameters, const LossSetup&) { return std::make_unique<Ranking>(parameters); });
}
