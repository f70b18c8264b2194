// SPDX-License-Identifier: MIT
// What every head must keep, however it is set: the promises of head.hpp.
#include "plugins/contract.hpp"

namespace spanlab::test::contract {

namespace {

void check_decisions(const Head& head, const Outputs& outputs, const Candidates& candidates) {
  const auto types = std::ssize(candidates.of_pairs() ? kInventory.relations : kInventory.entities);
  std::pair<std::int64_t, std::int32_t> last{-1, 0};
  for (const Decision& decision : head.decode(outputs, candidates)) {
    BOOST_TEST((std::pair(decision.row, decision.type) > last), "decisions are not in order");
    BOOST_TEST((decision.row < candidates.size() && decision.type >= 0 && decision.type < types));
    BOOST_TEST((decision.score >= 0 && decision.score <= 1));
    last = {decision.row, decision.type};
  }
}

// What a head of spans may say, for heads over its spans.
Outputs outputs_of_spans(std::int64_t spans) {
  const at::Tensor scores = at::arange(4 * spans).to(at::kFloat).cos().view({spans, 4});
  return {{"identify", scores.slice(1, 0, 1)}, {"classify", scores.slice(1, 1)}};
}

// Both passes of two heads made alike over candidates, or over none.
void check_passes(Head& head, Head& again, const CandidateScene& scene, bool any) {
  const Candidates candidates = scene.candidates(head.kind(), any);
  const Outputs of_spans = outputs_of_spans(std::ssize(candidates.places));
  for (const Mode mode : {Mode::training, Mode::evaluation}) {
    Generator generator(1), same(1);
    Pass pass{mode, generator}, pass_again{mode, same};
    const Outputs outputs = head.forward(scene.features, candidates, of_spans, pass);
    const Outputs equal = again.forward(scene.features, candidates, of_spans, pass_again);
    BOOST_TEST(outputs.size() >= head.outputs().size());
    at::Tensor sum = at::zeros({});
    for (const OutputShape& shape : head.outputs()) {
      BOOST_TEST(outputs.at(shape.name).sizes() == at::IntArrayRef({candidates.size(), shape.columns}));
      check_equal(outputs.at(shape.name), equal.at(shape.name), shape.name);
    }
    for (const auto& [name, tensor] : outputs) sum = sum + weighted(tensor);
    if (any && mode == Mode::training) check_gradients(head, sum);
    if (mode == Mode::evaluation) check_decisions(head, outputs, candidates);
  }
}

bool check_head(const std::string& id, const Parameters& parameters) {
  const CandidateScene scene;
  const auto make = [&] {
    Generator generator(7);
    return components().head(
        id, parameters, {12, kInventory, {{"identify", 1}, {"classify", 3}}, {}, generator, HeadKind::spans});
  };
  if (!supports(make)) return false;
  const auto head = make(), again = make();
  check_same_weights(*head, *again);
  BOOST_TEST(!head->outputs().empty());
  for (const bool any : {true, false}) check_passes(*head, *again, scene, any);
  BOOST_TEST(scene.features.units.grad().abs().sum().item<double>() > 0);
  return true;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(contract)

// Identification alone decides on a type only where there is just one.
BOOST_AUTO_TEST_CASE(heads) {
  check_all(ComponentKind::head, check_head,
            {"pair outputs=identify", "pair inputs=entity_logits+entity_type outputs=identify",
             "span outputs=identify"});
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace spanlab::test::contract
