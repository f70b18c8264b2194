// SPDX-License-Identifier: MIT
#include <ATen/ATen.h>

#include <cmath>

#include "contract/items.hpp"
#include "spanlab/error.hpp"
#include "spanlab/span_ops.hpp"

namespace spanlab::host::suite {

namespace {

constexpr double kTolerance = 1e-5;
constexpr int kTries = 5;  // scenes until every weight has had a gradient

// A sum that no symmetry of the values makes constant.
at::Tensor weighted(const NamedTensors& values) {
  at::Tensor sum;
  for (const auto& [name, tensor] : values) {
    const at::Tensor weights = at::arange(1, tensor.numel() + 1, tensor.options().requires_grad(false)).sin();
    const at::Tensor one = (tensor * weights.view_as(tensor)).sum();
    sum = sum.defined() ? sum + one : one;
  }
  return sum;
}

at::Tensor dense(const at::Tensor& gradient) {
  return gradient.defined() && gradient.is_sparse() ? gradient.to_dense() : gradient;
}

struct Leaf {
  std::string name;
  at::Tensor tensor;
};

std::vector<Leaf> leaves_of(Built& built, const Scene& scene) {
  std::vector<Leaf> leaves;
  int number = 0;
  for (const at::Tensor& input : built.inputs(scene))
    leaves.push_back({fmt::format("input {}", ++number), input});
  if (torch::nn::Module* module = built.module()) {
    for (const auto& weight : module->named_parameters()) {
      if (weight.value().requires_grad()) leaves.push_back({"'" + weight.key() + "'", weight.value()});
    }
  }
  return leaves;
}

// A component and a scene in double precision, and the sum of its answers as a function of its leaves.
class Function {
 public:
  explicit Function(const Case& one)
      : built_(one.build()), scene_(one.scene(0, Shape::ordinary, at::kDouble)) {
    if (torch::nn::Module* module = built_->module()) {
      module->to(at::kDouble);
      for (const auto& buffer : module->named_buffers())
        buffers_.emplace_back(buffer.value(), buffer.value().clone());
    }
  }

  at::Tensor value() {
    const at::NoGradGuard no_gradients;
    for (auto& [buffer, before] : buffers_) buffer.copy_(before);
    const at::AutoGradMode gradients(true);
    Generator generator(scene_.seed());
    Pass pass{Mode::training, generator};
    return weighted(built_->answer(scene_, pass).values);
  }

  // Whether the last call has changed what it keeps, which its value may depend on.
  bool has_moved() const {
    return std::ranges::any_of(buffers_, [](const auto& one) { return !at::equal(one.first, one.second); });
  }

  double slope(const at::Tensor& leaf, const at::Tensor& direction, double step) {
    const at::Tensor before = leaf.detach().clone();
    const auto at_step = [&](double sign) {
      leaf.data().copy_(before).add_(direction, sign * step);
      return value().item<double>();
    };
    const double difference = (at_step(1) - at_step(-1)) / (2 * step);
    leaf.data().copy_(before);
    return difference;
  }

  std::vector<Leaf> leaves() { return leaves_of(*built_, scene_); }

 private:
  std::unique_ptr<Built> built_;
  Scene scene_;
  std::vector<std::pair<at::Tensor, at::Tensor>> buffers_;
};

at::Tensor direction_of(const at::Tensor& leaf, std::uint64_t seed) {
  Generator generator(seed);
  at::Tensor direction = at::empty(leaf.sizes(), leaf.options().requires_grad(false));
  fill_normal(direction, 1, generator);
  return direction / std::max(direction.norm().item<double>(), 1e-30);
}

void compare(Function& function, const Leaf& leaf) {
  double found = 0, expected = 0;
  // A corner of the function may lie within the first step; hardly within both.
  for (const double step : {1e-5, 1e-7}) {
    const at::Tensor direction = direction_of(leaf.tensor, step < 1e-6 ? 2 : 1);
    const at::Tensor gradient = dense(leaf.tensor.grad());
    found = gradient.defined() ? (gradient * direction).sum().item<double>() : 0;
    expected = function.slope(leaf.tensor, direction, step);
    if (std::abs(found - expected) < kTolerance * (1 + std::abs(expected))) return;
  }
  if (function.has_moved()) pass_over("it keeps what changes with every call, which its answers depend on");
  fail("the gradient of {} is {:.6g} in a direction in which the answers rise by {:.6g}", leaf.name, found,
       expected);
}

at::Tensor first_value(Function& function) {
  try {
    return function.value();
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::usage) throw;
    pass_over("it does not compute in double precision: {}", error.problems().front().message);
  } catch (const std::exception& error) {
    const std::string text = error.what();
    pass_over("it does not compute in double precision: {}", text.substr(0, text.find('\n')));
  }
}

}  // namespace

std::string check_gradients(const Case& one) {
  Function function(one);
  const at::Tensor sum = first_value(function);
  if (!sum.defined() || sum.scalar_type() != at::kDouble)
    pass_over("it does not compute in double precision: its answers are {}",
              sum.defined() ? at::toString(sum.scalar_type()) : "none");
  const std::vector<Leaf> leaves = function.leaves();
  if (leaves.empty()) pass_over("nothing of it is trained");
  if (sum.requires_grad()) sum.backward();
  for (const Leaf& leaf : leaves) compare(function, leaf);
  return "";
}

std::string check_trained(const Case& one) {
  const auto built = one.build();
  torch::nn::Module* module = built->module();
  if (!module || module->parameters().empty()) pass_over("it has no weights");
  std::vector<Leaf> missing;
  for (int number = 0; number < kTries; ++number) {
    const Scene scene = one.scene(number);
    Generator generator(scene.seed());
    Pass pass{Mode::training, generator};
    const at::Tensor sum = weighted(built->answer(scene, pass).values);
    if (sum.requires_grad()) sum.backward();
    missing.clear();
    for (const Leaf& leaf : leaves_of(*built, scene)) {
      const at::Tensor gradient = dense(leaf.tensor.grad());
      const bool reached = gradient.defined() && gradient.abs().sum().item<double>() > 0;
      if (!reached && leaf.name.front() == '\'') missing.push_back(leaf);
    }
    if (missing.empty()) return "";
  }
  fail("no gradient reaches {}{}; a weight that is not trained needs no gradient: requires_grad_(false)",
       missing.front().name, missing.size() > 1 ? fmt::format(" and {} more", missing.size() - 1) : "");
}

}  // namespace spanlab::host::suite
