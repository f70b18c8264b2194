// SPDX-License-Identifier: MIT
// Losses of span tasks whose negatives weigh by their overlap with gold: each value is the plain one times a
// weight worked out by hand.
#include <ATen/ATen.h>

#include <cmath>

#include "plugins/spert_parts.hpp"
#include "spanlab/error.hpp"
#include "spanlab/loss.hpp"

namespace spanlab::test {

namespace {

using Given = std::map<std::string, Value>;

// One sentence with the entities [1,3) and [5,6). Spans: both entities, and negatives with IoU 1/2, 2/3, 1/4,
// 0 and 1/3 with the nearest.
const Annotation kOverlapGold{{{{1, 3}, 0}, {{5, 6}, 1}}, {}};
const std::vector<Span> kOverlapSpans{{1, 3}, {5, 6}, {2, 3}, {1, 4}, {2, 6}, {7, 9}, {4, 7}};
const std::vector<double> kOverlaps{1, 1, 1.0 / 2, 2.0 / 3, 1.0 / 4, 0, 1.0 / 3};
constexpr std::size_t kOverlapPositives = 2;

struct OverlapScene {
  explicit OverlapScene(std::int64_t columns) {
    for (const Span& span : kOverlapSpans) candidates.places.push_back({0, span});
    candidates.gold = {&kOverlapGold};
    const auto all = std::ssize(kOverlapSpans);
    scores = at::arange(all * columns, at::kDouble).mul(1.3).sin().mul(3).view({all, columns});
    hard = at::zeros({all, 2}, at::kDouble);
    hard[0][0].fill_(1);
    hard[1][1].fill_(1);
  }
  LossValues values(const std::string& id, const Given& given, const at::Tensor& at) const {
    const LossSetup setup{HeadKind::spans, at.size(1), 2,
                          [] { return std::vector<std::int64_t>{40, 5, 10}; }};
    const auto loss = components().loss(id, parameters(ComponentKind::loss, id, given), setup);
    BOOST_TEST(loss->accepts(at.size(1), 2));
    return loss->forward({at, hard, hard, {}, candidates, {}});
  }

  Candidates candidates;
  at::Tensor scores, hard;
};

struct Weighing {
  std::string form;
  double factor;
  double (*of)(double iou);
};
const Weighing kWeighings[]{{"linear", 1.5, [](double iou) { return 1 + 1.5 * iou; }},
                            {"power", 2, [](double iou) { return (1 + iou) * (1 + iou); }},
                            {"exponential", 0.5, [](double iou) { return std::exp(iou / 2); }}};

void check_weights(const OverlapScene& scene, const std::string& id, const Given& given,
                   const Weighing& weighing) {
  Given scaling = given;
  scaling["iou_form"] = weighing.form;
  scaling["iou_factor"] = weighing.factor;
  const LossValues plain = scene.values(id, given, scene.scores),
                   scaled = scene.values(id, scaling, scene.scores);
  for (std::size_t i = 0; i < kOverlapSpans.size(); ++i) {
    const auto row = static_cast<std::int64_t>(i);
    const double weight = i < kOverlapPositives ? 1 : weighing.of(kOverlaps[i]);
    BOOST_TEST(scaled.values[row].item<double>() == weight * plain.values[row].item<double>(),
               boost::test_tools::tolerance(1e-12));
  }
  // Without weights of its own, a loss's plain values stand beside the scaled ones.
  if (id != "class_balanced")
    BOOST_TEST(at::equal(scaled.parts.at("unscaled"), plain.values));
  else
    BOOST_TEST(scaled.parts.contains("unscaled"));

  const at::Tensor scores = scene.scores.clone().requires_grad_();
  scene.values(id, scaling, scores).values.sum().backward();
  const double step = 1e-6;
  for (std::int64_t i = 0; i < scores.numel(); ++i) {
    const at::Tensor move = at::zeros_like(scene.scores);
    move.view(-1)[i].fill_(step);
    const auto sum = [&](const at::Tensor& at) {
      return scene.values(id, scaling, at).values.sum().item<double>();
    };
    const double slope = (sum(scene.scores + move) - sum(scene.scores - move)) / (2 * step);
    BOOST_TEST(std::abs(scores.grad().view(-1)[i].item<double>() - slope) <
               1e-7 * std::max(1.0, std::abs(slope)));
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(overlap_weight)

BOOST_AUTO_TEST_CASE(negatives_weigh_by_their_overlap) {
  const std::string sigmoid = "sigmoid", bce = "bce", softmax = "focal_softmax", type = "type";
  for (const Weighing& weighing : kWeighings) {
    const OverlapScene one(1), two(2), three(3);
    check_weights(one, "bce", {}, weighing);
    check_weights(two, "bce", {}, weighing);
    check_weights(one, "focal", {{"form", sigmoid}}, weighing);
    check_weights(two, "focal", {{"form", sigmoid}, {"gamma", 0.5}}, weighing);
    check_weights(three, "focal", {}, weighing);
    check_weights(one, "class_balanced", {{"base", bce}}, weighing);
    check_weights(two, "class_balanced", {{"base", bce}, {"weights_per", type}}, weighing);
    check_weights(three, "class_balanced", {{"base", softmax}}, weighing);
  }
}

// Of one column, -(1-α) p^γ log(1-p) times 1 + δu for a negative: γ = 2, α = 1/4, δ = 3, p = σ(log 3) = 3/4,
// u = 1/2.
BOOST_AUTO_TEST_CASE(a_value_of_focal_by_hand) {
  OverlapScene scene(1);
  scene.scores.fill_(std::log(3.0));
  const Given given{{"form", std::string("sigmoid")}, {"alpha", 0.25}, {"iou_factor", 3.0}};
  const double negative = 0.75 * (9.0 / 16) * std::log(4.0), positive = 0.25 * (1.0 / 16) * std::log(4.0 / 3);
  const at::Tensor values = scene.values("focal", given, scene.scores).values;
  BOOST_TEST(values[2].item<double>() == 2.5 * negative, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(values[5].item<double>() == negative, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(values[0].item<double>() == positive, boost::test_tools::tolerance(1e-12));
}

BOOST_AUTO_TEST_CASE(other_tasks_have_nothing_that_overlaps) {
  for (const char* id : {"bce", "focal", "class_balanced"}) {
    for (const HeadKind kind : {HeadKind::pairs, HeadKind::words}) {
      const auto make = [&](double factor) {
        components().loss(id, parameters(ComponentKind::loss, id, {{"iou_factor", factor}}), {kind, 3, 2});
      };
      BOOST_CHECK_NO_THROW(make(0));
      BOOST_CHECK_EXCEPTION(make(1), Error, [](const Error& error) {
        return error.kind() == ErrorKind::usage &&
               std::string_view(error.what()).find("only negatives of a span task") != std::string_view::npos;
      });
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace spanlab::test
