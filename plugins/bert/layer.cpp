// SPDX-License-Identifier: MIT
#include "bert/layer.hpp"

#include <algorithm>
#include <numeric>

#include "bert/attention.hpp"
#include "bert/kernels.hpp"

namespace spanlab::bert {

namespace {

Norm norm_of(const Affine& affine, const Config& config) {
  return {affine.weight.const_data_ptr<float>(), affine.bias.const_data_ptr<float>(),
          static_cast<float>(config.layer_norm_eps)};
}

Block rows_of(Share rows, std::int64_t columns) {
  return {rows.count, columns, columns, static_cast<std::uint32_t>(rows.begin * columns)};
}

// What ends each half of a layer, after its last product: output = norm(residual + dropout(input + bias)).
void residual_forward(const LayerContext& context, const at::Tensor& input, const Affine& dense,
                      const at::Tensor& residual, DropoutMask mask, const Affine& norm,
                      const at::Tensor& normal, const at::Tensor& scale, const at::Tensor& output) {
  const std::int64_t width = context.config.hidden_size;
  share_out(context.units(), 1, [&](Share rows) {
    const std::int64_t first = rows.begin * width;
    add_and_norm(data(input) + first, data(dense.bias), data(residual) + first, mask,
                 norm_of(norm, context.config), rows_of(rows, width), data(normal) + first,
                 data(scale) + rows.begin, data(output) + first);
  });
}

// The way back of residual_forward(). `gradient` of the output becomes the residual's, in place; `of_input`
// gets that of the product before the bias. The gradients of norm and bias are sums over all rows: blocks of
// rows have sums of their own, which are then added in order, so that the outcome does not depend on which
// thread was first.
void residual_backward(const LayerContext& context, const at::Tensor& gradient, const at::Tensor& normal,
                       const at::Tensor& scale, DropoutMask mask, const Affine& norm,
                       const at::Tensor& of_input, const Affine& of_norm, const at::Tensor& of_bias) {
  const std::int64_t width = context.config.hidden_size, units = context.units();
  constexpr std::int64_t kRows = 8;
  at::Tensor sums = at::zeros({(units + kRows - 1) / kRows, 3 * width}, at::kFloat);
  share_out(units, kRows, [&](Share rows) {
    for (std::int64_t row = rows.begin; row < rows.begin + rows.count; row += kRows) {
      const Share block{row, std::min(kRows, rows.begin + rows.count - row)};
      const std::int64_t first = row * width;
      add_and_norm_backward(data(gradient) + first, data(normal) + first, data(scale) + row, mask,
                            norm_of(norm, context.config), rows_of(block, width), data(gradient) + first,
                            data(of_input) + first, data(sums) + row / kRows * 3 * width);
    }
  });
  at::Tensor total = at::zeros({3 * width}, at::kFloat);
  add_column_sums(data(sums), {sums.size(0), 3 * width, 3 * width}, data(total));
  std::copy_n(data(total), width, data(of_norm.weight));
  std::copy_n(data(total) + width, width, data(of_norm.bias));
  std::copy_n(data(total) + 2 * width, width, data(of_bias));
}

// Heads need nothing of each other, so each head of each sentence is a task. The work grows with the square
// of a sentence's length: the longest go first, so that the threads end together.
void over_heads(const LayerContext& context,
                const std::function<void(AttentionHead, std::size_t sentence, std::int64_t first)>& task) {
  std::vector<std::size_t> order(context.offsets.size() - 1);
  std::iota(order.begin(), order.end(), 0);
  auto units = [&](std::size_t s) { return context.offsets[s + 1] - context.offsets[s]; };
  std::ranges::stable_sort(order, std::greater(), units);
  const std::int64_t heads = context.config.num_attention_heads;
  parallel_tasks(std::ssize(order) * heads, [&](std::int64_t i) {
    const std::size_t s = order[static_cast<std::size_t>(i / heads)];
    task({context.config, units(s), i % heads}, s, context.offsets[s]);
  });
}

}  // namespace

std::int64_t tape_size(const LayerContext& context, bool training) {
  std::int64_t squares = 0;
  for (std::size_t s = 0; training && s + 1 < context.offsets.size(); ++s) {
    const std::int64_t units = context.offsets[s + 1] - context.offsets[s];
    squares += context.config.num_attention_heads * units * padded_units(units);
  }
  return context.units() * (8 * context.config.hidden_size + 2 * context.config.intermediate_size + 2) +
         squares + 16 * 16;
}

LayerTape take_tape(const LayerContext& context, Memory& memory, bool training) {
  const std::int64_t units = context.units(), width = context.config.hidden_size,
                     inner = context.config.intermediate_size;
  LayerTape tape;
  tape.input = memory.take(units, width);
  tape.qkv = memory.take(units, 3 * width);
  tape.context = memory.take(units, width);
  tape.attended = memory.take(units, width);
  tape.attended_normal = memory.take(units, width);
  tape.attended_scale = memory.take(units, 1);
  tape.inner = memory.take(units, inner);
  if (training) tape.slope = memory.take(units, inner);
  tape.output_normal = memory.take(units, width);
  tape.output_scale = memory.take(units, 1);
  for (std::size_t s = 0; s + 1 < context.offsets.size(); ++s) {
    const std::int64_t length = context.offsets[s + 1] - context.offsets[s],
                       heads = context.config.num_attention_heads;
    tape.probabilities.push_back(training ? memory.take(heads * length, padded_units(length)) : at::Tensor());
  }
  return tape;
}

std::int64_t flow_size(const LayerContext& context) {
  return context.units() * (5 * context.config.hidden_size + context.config.intermediate_size) + 4 * 16;
}

LayerFlow take_flow(const LayerContext& context, Memory& memory) {
  const std::int64_t units = context.units(), width = context.config.hidden_size;
  return {memory.take(units, width), memory.take(units, context.config.intermediate_size),
          memory.take(units, width), memory.take(units, 3 * width)};
}

void layer_forward(const LayerContext& context, const Layer& layer, const LayerMasks& masks, LayerTape& tape,
                   const at::Tensor& scratch, const at::Tensor& output) {
  const std::int64_t units = context.units();
  const ProductWeights weights = product_weights(layer);
  const at::Tensor bias = joined(layer).bias;
  auto nothing = [](Share) {};
  // Each thread adds the bias (below: applies GELU) to its share of columns right after it has computed them,
  // while they are in its cache.
  product(tape.qkv, tape.input, weights.qkv, [&](Share columns) {
    add_bias(data(tape.qkv) + columns.begin, data(bias) + columns.begin,
             {units, columns.count, tape.qkv.stride(0)});
  });
  const std::int64_t width = context.config.hidden_size;
  over_heads(context, [&](AttentionHead head, std::size_t s, std::int64_t first) {
    attend(head, data(tape.qkv) + first * 3 * width, masks.attention[s], tape.kept(s, head),
           data(tape.context) + first * width);
  });
  product(scratch, tape.context, weights.attention_output, nothing);
  residual_forward(context, scratch, layer.attention_output, tape.input, masks.attended, layer.attention_norm,
                   tape.attended_normal, tape.attended_scale, tape.attended);
  product(tape.inner, tape.attended, weights.intermediate, [&](Share columns) {
    gelu(data(tape.inner) + columns.begin, data(layer.intermediate.bias) + columns.begin,
         tape.slope.defined() ? data(tape.slope) + columns.begin : nullptr,
         {units, columns.count, tape.inner.stride(0)});
  });
  product(scratch, tape.inner, weights.output, nothing);
  residual_forward(context, scratch, layer.output, tape.attended, masks.output, layer.output_norm,
                   tape.output_normal, tape.output_scale, output);
}

void layer_backward(const LayerContext& context, const Layer& layer, const LayerMasks& masks,
                    const LayerTape& tape, const LayerFlow& flow, LayerGradients& gradients,
                    const at::Tensor& gradient) {
  const std::int64_t units = context.units();
  const ProductWeights weights = product_weights(layer);
  auto nothing = [](Share) {};
  gradients.intermediate.bias.zero_();
  gradients.qkv.bias.zero_();
  residual_backward(context, gradient, tape.output_normal, tape.output_scale, masks.output, layer.output_norm,
                    flow.of_output, gradients.output_norm, gradients.output.bias);
  product_back(flow.of_inner, flow.of_output, weights.output, Into::fresh, [&](Share columns) {
    gelu_backward(data(flow.of_inner) + columns.begin, data(tape.slope) + columns.begin,
                  {units, columns.count, flow.of_inner.stride(0)},
                  data(gradients.intermediate.bias) + columns.begin);
  });
  // `gradient` holds what came past the two products, over the residual; theirs is added to it.
  product_back(gradient, flow.of_inner, weights.intermediate, Into::sum, nothing);
  residual_backward(context, gradient, tape.attended_normal, tape.attended_scale, masks.attended,
                    layer.attention_norm, flow.of_attended, gradients.attention_norm,
                    gradients.attention_output.bias);
  at::Tensor of_context = at::empty_like(gradient);
  product_back(of_context, flow.of_attended, weights.attention_output, Into::fresh, nothing);
  const std::int64_t width = context.config.hidden_size;
  over_heads(context, [&](AttentionHead head, std::size_t s, std::int64_t first) {
    attend_backward(head, data(of_context) + first * width, data(tape.qkv) + first * 3 * width,
                    tape.kept(s, head), masks.attention[s], data(flow.of_qkv) + first * 3 * width);
  });
  product_back(gradient, flow.of_qkv, weights.qkv, Into::sum, nothing);
  add_column_sums(data(flow.of_qkv), {units, flow.of_qkv.size(1), flow.of_qkv.size(1)},
                  data(gradients.qkv.bias));
}

}  // namespace spanlab::bert
