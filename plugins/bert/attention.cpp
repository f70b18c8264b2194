// SPDX-License-Identifier: MIT
#include "bert/attention.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

#include "bert/kernels.hpp"

namespace spanlab::bert {

namespace {

// Part 0, 1 or 2 (queries, keys, values) of rows [T,3H], or part 0 of rows [T,H], as [h,T,d] without copying.
at::Tensor heads(const Config& config, const at::Tensor& rows, std::int64_t part) {
  const std::int64_t d = config.head_size();
  return rows.as_strided({config.num_attention_heads, rows.size(0), d}, {d, rows.stride(0), 1}, rows.storage_offset() + part * config.hidden_size);
}

// Products come out as [h,T,d]; rows want the heads side by side.
void put_rows(const Config& config, const at::Tensor& product, const at::Tensor& rows, std::int64_t part) {
  const std::int64_t units = rows.size(0), stride = rows.stride(0), d = config.head_size();
  const float* from = product.const_data_ptr<float>();
  float* to = rows.mutable_data_ptr<float>() + part * config.hidden_size;
  for (std::int64_t h = 0; h < config.num_attention_heads; ++h) {
    for (std::int64_t t = 0; t < units; ++t) std::copy_n(from + (h * units + t) * d, d, to + t * stride + h * d);
  }
}

Block square(const Config& config, std::int64_t units) { return {config.num_attention_heads * units, units, units}; }

float factor(const Config& config) { return static_cast<float>(1 / std::sqrt(static_cast<double>(config.head_size()))); }

}  // namespace

void attend(const Config& config, const at::Tensor& qkv, DropoutMask mask, const at::Tensor& kept, const at::Tensor& context) {
  at::Tensor scores = at::bmm(heads(config, qkv, 0), heads(config, qkv, 1).transpose(1, 2));
  softmax(scores.mutable_data_ptr<float>(), factor(config), mask, square(config, qkv.size(0)), kept.defined() ? kept.mutable_data_ptr<float>() : nullptr);
  put_rows(config, at::bmm(scores, heads(config, qkv, 2)), context, 0);
}

void attend_backward(const Config& config, const at::Tensor& of_context, const at::Tensor& qkv, const at::Tensor& kept, DropoutMask mask,
                     const at::Tensor& of_qkv) {
  const Block block = square(config, qkv.size(0));
  at::Tensor gradient = heads(config, of_context, 0);
  at::Tensor of_scores = at::bmm(gradient, heads(config, qkv, 2).transpose(1, 2));
  softmax_backward(of_scores.mutable_data_ptr<float>(), kept.const_data_ptr<float>(), factor(config), mask, block);
  at::Tensor dropped = mask.keeps_all() ? kept : kept.clone();
  apply_mask(dropped.mutable_data_ptr<float>(), mask, {1, block.rows * block.columns, 0});
  put_rows(config, at::bmm(dropped.transpose(1, 2), gradient), of_qkv, 2);
  put_rows(config, at::bmm(of_scores, heads(config, qkv, 1)), of_qkv, 0);
  put_rows(config, at::bmm(of_scores.transpose(1, 2), heads(config, qkv, 0)), of_qkv, 1);
}

}  // namespace spanlab::bert
