// SPDX-License-Identifier: MIT
#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

#include "spanlab/kernel.hpp"
#include "spanlab/span_ops.hpp"

namespace spanlab {

namespace {

SPANLAB_KERNEL void scale_entries(const float* from, float* to, std::int64_t count, DropoutMask mask) {
  for (std::int64_t i = 0; i < count; ++i) to[i] = from[i] * mask.factor(static_cast<std::uint32_t>(i));
}

// DropoutMask::factor by tensor operations, so that every device has the same mask. They have no unsigned
// 32-bit products: each is made in 64 bits, and its low 32 bits are kept.
at::Tensor factors(const at::Tensor& like, const DropoutMask& mask) {
  constexpr std::int64_t kWord = 0xffffffff;
  auto low_product = [](const at::Tensor& a, std::int64_t b) { return (a * b).bitwise_and(kWord); };
  at::Tensor h = low_product(at::arange(like.numel(), like.options().dtype(at::kLong)), 0x9e3779b9);
  h = (h + static_cast<std::int64_t>(mask.low)).bitwise_and(kWord);
  h = (low_product(h.bitwise_xor(h.bitwise_right_shift(16)), 0x7feb352d) +
       static_cast<std::int64_t>(mask.high))
          .bitwise_and(kWord);
  h = low_product(h.bitwise_xor(h.bitwise_right_shift(15)), 0x846ca68b);
  h = h.bitwise_xor(h.bitwise_right_shift(16));
  return (h >= static_cast<std::int64_t>(mask.threshold))
      .to(like.scalar_type())
      .mul_(mask.scale)
      .view(like.sizes());
}

at::Tensor apply_mask(const at::Tensor& given, const DropoutMask& mask) {
  at::Tensor input = given.contiguous();
  if (!input.device().is_cpu() || input.scalar_type() != at::kFloat) return input * factors(input, mask);
  at::Tensor result = at::empty_like(input);
  scale_entries(input.const_data_ptr<float>(), result.mutable_data_ptr<float>(), input.numel(), mask);
  return result;
}

struct Dropout : torch::autograd::Function<Dropout> {
  static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& input,
                            std::int64_t key, double rate) {
    context->saved_data["key"] = key;
    context->saved_data["rate"] = rate;
    return apply_mask(input, DropoutMask(static_cast<std::uint64_t>(key), rate));
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 torch::autograd::variable_list gradients) {
    DropoutMask mask(static_cast<std::uint64_t>(context->saved_data["key"].toInt()),
                     context->saved_data["rate"].toDouble());
    return {apply_mask(gradients[0], mask), at::Tensor(), at::Tensor()};
  }
};

}  // namespace

at::Tensor dropout(const at::Tensor& input, double rate, Pass& pass) {
  if (!pass.training() || rate == 0) return input;
  return Dropout::apply(input, static_cast<std::int64_t>(pass.generator.next()), rate);
}

void fill_normal(at::Tensor& tensor, double deviation, Generator& generator) {
  at::NoGradGuard no_gradient;
  at::Tensor numbers = at::empty(tensor.sizes(), at::kFloat);
  float* values = numbers.mutable_data_ptr<float>();
  for (std::int64_t i = 0; i < numbers.numel(); ++i) {
    values[i] = static_cast<float>(deviation * generator.normal());
  }
  tensor.copy_(numbers);
}

}  // namespace spanlab
