// SPDX-License-Identifier: MIT
#include "bert/attention.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

#include "bert/kernels.hpp"

namespace spanlab::bert {

namespace {

// Heads whose scores stay in a core's cache together.
struct Group {
  std::int64_t first;
  std::int64_t count;
};

// Calls task(group) until every head had its turn: long sentences have one head at a time.
template <typename Task>
void each_group(const Config& config, std::int64_t units, const Task& task) {
  constexpr std::int64_t kScores = 1 << 17;  // 512 KiB
  const std::int64_t all = config.num_attention_heads, together = std::clamp<std::int64_t>(kScores / (units * units), 1, all);
  for (std::int64_t first = 0; first < all; first += together) task(Group{first, std::min(together, all - first)});
}

// Part 0, 1 or 2 (queries, keys, values) of rows [T,3H], or part 0 of rows [T,H], as [count,T,d] without copying.
at::Tensor heads(const Config& config, const at::Tensor& rows, std::int64_t part, Group group) {
  const std::int64_t d = config.head_size();
  return rows.as_strided({group.count, rows.size(0), d}, {d, rows.stride(0), 1},
                         rows.storage_offset() + part * config.hidden_size + group.first * d);
}

// Products come out as [count,T,d]; rows want the heads side by side.
void put_rows(const Config& config, const at::Tensor& product, const at::Tensor& rows, std::int64_t part, Group group) {
  const std::int64_t units = rows.size(0), stride = rows.stride(0), d = config.head_size();
  const float* from = product.const_data_ptr<float>();
  float* to = rows.mutable_data_ptr<float>() + part * config.hidden_size + group.first * d;
  for (std::int64_t h = 0; h < group.count; ++h) {
    for (std::int64_t t = 0; t < units; ++t) std::copy_n(from + (h * units + t) * d, d, to + t * stride + h * d);
  }
}

// The scores [count,T,T] of the heads, row by row.
Block square(std::int64_t units, Group group) {
  return {group.count * units, units, units, static_cast<std::uint32_t>(group.first * units * units)};
}

float factor(const Config& config) { return static_cast<float>(1 / std::sqrt(static_cast<double>(config.head_size()))); }

}  // namespace

void attend(const Config& config, const at::Tensor& qkv, DropoutMask mask, const at::Tensor& kept, const at::Tensor& context) {
  each_group(config, qkv.size(0), [&](Group group) {
    const Block block = square(qkv.size(0), group);
    at::Tensor scores = at::bmm(heads(config, qkv, 0, group), heads(config, qkv, 1, group).transpose(1, 2));
    softmax(scores.mutable_data_ptr<float>(), factor(config), mask, block, kept.defined() ? kept.mutable_data_ptr<float>() + block.first : nullptr);
    put_rows(config, at::bmm(scores, heads(config, qkv, 2, group)), context, 0, group);
  });
}

void attend_backward(const Config& config, const at::Tensor& of_context, const at::Tensor& qkv, const at::Tensor& kept, DropoutMask mask,
                     const at::Tensor& of_qkv) {
  each_group(config, qkv.size(0), [&](Group group) {
    const Block block = square(qkv.size(0), group);
    const at::Tensor gradient = heads(config, of_context, 0, group), probabilities = kept.narrow(0, group.first, group.count);
    at::Tensor of_scores = at::bmm(gradient, heads(config, qkv, 2, group).transpose(1, 2));
    softmax_backward(of_scores.mutable_data_ptr<float>(), probabilities.const_data_ptr<float>(), factor(config), mask, block);
    at::Tensor dropped = mask.keeps_all() ? probabilities : probabilities.clone();
    apply_mask(dropped.mutable_data_ptr<float>(), mask, block);
    put_rows(config, at::bmm(dropped.transpose(1, 2), gradient), of_qkv, 2, group);
    put_rows(config, at::bmm(of_scores, heads(config, qkv, 1, group)), of_qkv, 0, group);
    put_rows(config, at::bmm(of_scores.transpose(1, 2), heads(config, qkv, 0, group)), of_qkv, 1, group);
  });
}

}  // namespace spanlab::bert
