// SPDX-License-Identifier: MIT
// Training with products in bfloat16 beside the same steps in single precision. A bfloat16 keeps 8 significant bits, so that a
// product's factors are off by up to 0.4 %; sums are exact beside that, and the differences of many products average out.
#include <ATen/ATen.h>
#include <fmt/format.h>

#include "parity/spert_model.hpp"

namespace spanlab::test {

namespace {

constexpr double kLosses = 0.02;           // of a step's loss
constexpr double kGradientNorms = 0.1;     // of the norm of all gradients
constexpr double kWeights = 0.15;          // of the change of all weights: the norm of the difference

// All trained weights as one row, the key's bias apart: softmax does not see it, so that its gradient is rounding noise.
at::Tensor weights_of(const Model& model) {
  std::vector<at::Tensor> rows;
  for (const auto& item : model.named_parameters()) {
    if (!item.key().ends_with("key.bias")) rows.push_back(item.value().detach().to(at::kDouble).flatten());
  }
  return at::cat(rows);
}

void compare_precisions(Comparison& comparison, const std::filesystem::path& folder) {
  const std::string name = folder.filename().string();
  const std::vector<nlohmann::json> expected = read_json_lines(folder / "expected.jsonl");
  TrajectoryEvents events;
  events.gradients = [&](std::size_t step, const StepLosses& losses, const Optimizer&) {
    comparison.relative("losses", losses.total, expected[step].at("loss"), kLosses, 1e-3, fmt::format("{} step {}", name, step + 1));
  };
  events.end = [&](std::size_t step, double norm, double) {
    comparison.relative("gradient norms", norm, expected[step].at("grad_norm"), kGradientNorms, 1e-6, fmt::format("{} step {}", name, step + 1));
  };
  at::Tensor before;
  const auto rounded = run_trajectory(folder, events, [&](Model& fresh) { before = weights_of(fresh); }, Precision::bf16);
  if (!rounded) return;
  const at::Tensor single = weights_of(*run_trajectory(folder, {}));
  const double change = (single - before).norm().item<double>();
  const double difference = (weights_of(*rounded) - single).norm().item<double>();
  comparison.absolute("final weights: difference by change", difference / change, 0, kWeights, name);
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
