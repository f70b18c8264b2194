// SPDX-License-Identifier: MIT
// Training with products in bfloat16 beside the same steps in single precision.
//
// A bfloat16 keeps 8 significant bits: rounding to the nearest moves a factor by up to 2^-8 of it, a product
// by up to 2^-7. In one pass the differences of many products average out. From step to step they grow as any
// small change of the weights grows, and how fast depends on the data: where a maximum flips or a loss falls
// steeply, differences of 1 % become 5 % within ten steps. So the growth is measured on the data themselves,
// by training in single precision from weights that are off by as much as rounding puts a product off. What
// bfloat16 may differ by is what one pass differs by, and a few times what these runs do. Whether a rounding
// is the right one cannot be told from a trajectory, for it grows alike; that is
// tests/plugins/bf16_products_test.cpp and the optimiser's tests.
#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>

#include "parity/spert_model.hpp"

namespace spanlab::test {

namespace {

constexpr double kProduct = 0x1p-7;      // largest change of a product whose two factors are rounded
constexpr double kLosses = 0.01;         // of a step's loss, in one pass
constexpr double kGradientNorms = 0.05;  // of the norm of all gradients, in one pass
constexpr double kWeights = 0.15;        // of the change of all weights: the norm of the difference
constexpr double kFew = 4;               // two runs show the size of the growth, not its largest value
constexpr int kShaken = 2;

// All trained weights as one row, the key's bias apart: softmax does not see it, so that its gradient is
// rounding noise.
at::Tensor weights_of(const Model& model) {
  std::vector<at::Tensor> rows;
  for (const auto& item : model.named_parameters()) {
    if (!item.key().ends_with("key.bias")) rows.push_back(item.value().detach().to(at::kDouble).flatten());
  }
  return at::cat(rows);
}

/// What a run shows of itself.
struct Course {
  std::vector<double> losses, norms;
  at::Tensor before, after;
  double change() const { return (after - before).norm().item<double>(); }
};

Course course_of(const std::filesystem::path& folder, Precision precision,
                 const std::function<void(Model&)>& begin) {
  Course course;
  TrajectoryEvents events;
  events.gradients = [&](std::size_t, const StepLosses& losses, const Optimizer&) {
    course.losses.push_back(losses.total);
  };
  events.end = [&](std::size_t, double norm, double) { course.norms.push_back(norm); };
  const auto start = [&](Model& fresh) {
    course.before = weights_of(fresh);
    begin(fresh);
  };
  if (const auto model = run_trajectory(folder, events, start, precision)) course.after = weights_of(*model);
  return course;
}

// Moves every weight that a rounded product reads.
void shake(Model& model, std::uint64_t seed) {
  const at::NoGradGuard no_gradients;
  at::manual_seed(seed);
  for (auto& item : model.named_parameters()) {
    const bool is_factor = item.key().starts_with("encoder.encoder.layer.") && item.value().dim() == 2;
    if (is_factor) item.value().mul_(1 + kProduct * (2 * at::rand(item.value().sizes()) - 1));
  }
}

/// How far runs from shaken weights are from the plain one: at every step the most until then.
struct Growth {
  std::vector<double> losses, norms;
  double weights = 0;

  explicit Growth(const Course& plain) : losses(plain.losses.size(), 0), norms(plain.norms.size(), 0) {}
  void add(const Course& plain, const Course& shaken) {
    raise(losses, plain.losses, shaken.losses);
    raise(norms, plain.norms, shaken.norms);
    weights = std::max(weights, (shaken.after - plain.after).norm().item<double>() / plain.change());
  }

 private:
  static void raise(std::vector<double>& growth, const std::vector<double>& plain,
                    const std::vector<double>& shaken) {
    double most = 0;
    for (std::size_t step = 0; step < growth.size(); ++step) {
      most = std::max(most, std::abs(shaken[step] - plain[step]));
      growth[step] = std::max(growth[step], most);
    }
  }
};

void compare_precisions(Comparison& comparison, const std::filesystem::path& folder) {
  const std::string name = folder.filename().string();
  const auto nothing = [](Model&) {};
  const Course plain = course_of(folder, Precision::float32, nothing);
  if (!plain.after.defined()) return;
  const Course rounded = course_of(folder, Precision::bf16, nothing);
  Growth growth(plain);
  for (int seed = 1; seed <= kShaken; ++seed)
    growth.add(plain, course_of(folder, Precision::float32, [&](Model& model) { shake(model, seed); }));
  for (std::size_t step = 0; step < plain.losses.size(); ++step) {
    const std::string place = fmt::format("{} step {}", name, step + 1);
    const auto compare = [&](const char* kind, double got, double expected, double pass, double grown) {
      comparison.relative(kind, got, expected, pass + kFew * grown / std::abs(expected), 1e-3, place);
    };
    compare("losses", rounded.losses[step], plain.losses[step], kLosses, growth.losses[step]);
    compare("gradient norms", rounded.norms[step], plain.norms[step], kGradientNorms, growth.norms[step]);
  }
  const double difference = (rounded.after - plain.after).norm().item<double>();
  comparison.absolute("final weights: difference by change", difference / plain.change(), 0,
                      std::max(kWeights, kFew * growth.weights), name);
  comparison.exact("rounding shows", difference > 0, name);
}

}  // namespace

BOOST_AUTO_TEST_CASE(parity_bf16) {
  if (fixtures_folder().empty()) return;
  Comparison comparison("trajectory in bf16");
  for (const std::filesystem::path& run : cases("trajectory")) {
    if (std::filesystem::is_directory(run)) compare_precisions(comparison, run);
  }
}

}  // namespace spanlab::test
