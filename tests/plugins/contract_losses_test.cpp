// SPDX-License-Identifier: MIT
// What every loss must keep, however it is set: the promises of loss.hpp, and gradients that are those of its
// values.
#include <cmath>

#include "plugins/contract.hpp"
#include "spanlab/loss.hpp"

namespace spanlab::test::contract {

namespace {

// Scores of a task's candidates in the sentences, random in double precision, and what they are compared
// with.
struct LossScene {
  LossScene(HeadKind kind, std::int64_t columns, bool any) : candidates(scene.candidates(kind, any)) {
    const std::int64_t all = candidates.size();
    types = std::ssize(kInventory.entities);
    if (kind == HeadKind::pairs) types = std::ssize(kInventory.relations);
    if (kind == HeadKind::words) types *= 2;
    if (columns > 1) columns = types + (columns - 2);
    scores =
        at::arange(all * columns, at::kDouble).mul(1.7).cos().mul(2).view({all, columns}).requires_grad_();
    first = at::arange(all).remainder(types + 1) - 1;
    hard = at::one_hot(first + 1, types + 1).slice(1, 1).to(at::kDouble);
    soft = 0.9 * hard + 0.1 / static_cast<double>(types) * hard.sum(1, /*keepdim=*/true);
    const at::Tensor tags = at::eye(types + 1, at::kDouble);
    outputs = {{"scores", scores}, {"transitions", tags.cos()}, {"start", tags[0]}, {"end", tags[0].sin()}};
  }
  LossInput input(const at::Tensor& given) const {
    return {given, soft, hard, first, candidates, outputs, true};
  }

  CandidateScene scene;
  Candidates candidates;
  std::int64_t types = 0;
  at::Tensor scores, soft, hard, first;
  Outputs outputs;
};

// Null if it is not for heads of this kind, or not for so many columns.
std::shared_ptr<Loss> loss_for(const std::string& id, const Parameters& parameters, HeadKind kind,
                               const LossScene& scene) {
  const std::int64_t columns = scene.scores.size(1), types = scene.types;
  const LossSetup setup{kind, columns, types, [types] {
                          std::vector<std::int64_t> counts(static_cast<std::size_t>(types) + 1);
                          for (std::size_t i = 0; i < counts.size(); ++i)
                            counts[i] = static_cast<std::int64_t>(100 / (i + 1));
                          return counts;
                        }};
  std::shared_ptr<Loss> loss;
  supports([&] { loss = components().loss(id, parameters, setup); });
  return loss && loss->accepts(columns, types) ? std::move(loss) : nullptr;
}

// The gradient of a weighted sum of the values against its differences.
void check_differences(const LossScene& scene, const std::function<at::Tensor(const at::Tensor&)>& values) {
  scene.scores.mutable_grad() = at::Tensor();
  weighted(values(scene.scores)).backward();
  for (std::int64_t i = 0; i < scene.scores.numel(); ++i) {
    const double step = 1e-6;
    const at::Tensor delta = at::zeros({scene.scores.numel()}, at::kDouble)
                                 .index_fill(0, at::tensor({i}), step)
                                 .view_as(scene.scores);
    const auto at_step = [&](double sign) { return weighted(values(scene.scores.detach() + sign * delta)); };
    const double difference = (at_step(1) - at_step(-1)).item<double>() / (2 * step);
    BOOST_TEST(std::abs(difference - scene.scores.grad().view(-1)[i].item<double>()) < 1e-6, "score " << i);
  }
}

void check_values(Loss& loss, const LossScene& scene) {
  const auto values = [&](const at::Tensor& scores) { return loss.forward(scene.input(scores)); };
  const LossValues result = values(scene.scores);
  const std::int64_t sentences = std::ssize(scene.candidates.offsets) - 1;
  BOOST_TEST((result.values.dim() == 1 &&
              (result.values.size(0) == scene.candidates.size() || result.values.size(0) == sentences)));
  BOOST_TEST(at::isfinite(result.values).all().item<bool>());
  if (result.samples.defined()) BOOST_TEST(result.samples.sizes() == result.values.sizes());
  check_equal(result.values, values(scene.scores).values, "the value of equal scores");
  for (const auto& [name, part] : result.parts) BOOST_TEST(!part.requires_grad(), name << " is not detached");
  if (result.values.size(0) > 0)
    check_differences(scene, [&](const at::Tensor& scores) { return values(scores).values; });
}

bool check_loss(const std::string& id, const Parameters& parameters) {
  int accepted = 0;
  for (const HeadKind kind : {HeadKind::spans, HeadKind::pairs, HeadKind::words}) {
    for (const std::int64_t columns : {1, 2, 3}) {  // any type; each type; each type and none
      BOOST_TEST_CONTEXT("kind " << static_cast<int>(kind) << ", columns " << columns) {
        const LossScene scene(kind, columns, true), empty(kind, columns, false);
        const auto loss = loss_for(id, parameters, kind, scene);
        if (!loss) continue;
        ++accepted;
        check_values(*loss, scene);
        check_values(*loss, empty);
      }
    }
  }
  return accepted > 0;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(contract)
BOOST_AUTO_TEST_CASE(losses) { check_all(ComponentKind::loss, check_loss, {}); }
BOOST_AUTO_TEST_SUITE_END()

}  // namespace spanlab::test::contract
