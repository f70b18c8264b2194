// SPDX-License-Identifier: MIT
#pragma once

#include <ATen/ATen.h>

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "bert/attention.hpp"
#include "bert/network.hpp"
#include "spanlab/kernel.hpp"

namespace spanlab::bert {

/// The values of a float32 tensor, to be written.
inline float* data(const at::Tensor& tensor) { return tensor.mutable_data_ptr<float>(); }

/// Memory that is used again in every step, unless a tensor of the last step still lives in it.
class Memory {
 public:
  /// Begins anew with room for `count` values.
  void begin(std::int64_t count);
  at::Tensor take(std::int64_t rows, std::int64_t columns);
  at::Tensor take_like(const at::Tensor& tensor) { return take(1, tensor.numel()).view(tensor.sizes()); }

 private:
  at::Tensor flat_;
  std::int64_t used_ = 0;
};

/// Memories for passes that may run at the same time; each borrows one while it runs.
class MemoryPool {
 public:
  std::unique_ptr<Memory> borrow();
  void give_back(std::unique_ptr<Memory> memory);

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<Memory>> free_;
};

/// What one layer keeps for the backward pass.
struct LayerTape {
  at::Tensor input, qkv, context;                        // [U,H], [U,3H], [U,H]
  std::vector<at::Tensor> probabilities;                 // [h·T,T'] per sentence
  at::Tensor attended, attended_normal, attended_scale;  // [U,H], [U,H], [U]
  at::Tensor inner, slope;                               // [U,I]
  at::Tensor output_normal, output_scale;                // [U,H], [U]

  /// The probabilities of a head, null where none are kept.
  float* kept(std::size_t sentence, const AttentionHead& head) const {
    const at::Tensor& all = probabilities[sentence];
    return all.defined() ? data(all) + head.number * head.units * all.size(1) : nullptr;
  }
};

struct LayerMasks {
  std::vector<DropoutMask> attention;  // per sentence
  DropoutMask attended, output;
};

/// Every mask of a pass, drawn in the order of forward_reference.
struct Masks {
  DropoutMask embeddings;
  std::vector<LayerMasks> layers;
  Masks(const Config& config, std::int64_t sentences, Pass& pass);
};

/// Ranges of columns or rows that are shared out among threads.
struct Share {
  std::int64_t begin;
  std::int64_t count;
};

/// Calls task with each of the shares of [0, size), which are multiples of `grain` but for the last.
void share_out(std::int64_t size, std::int64_t grain, const std::function<void(Share)>& task);

// Products whose weights `b` are bfloat16 round `a` first; `out` is single precision always.

/// out = a·bᵀ, then `after` on each share of the columns while they are in the cache.
void product(const at::Tensor& out, const at::Tensor& a, const at::Tensor& b,
             const std::function<void(Share)>& after);

/// out = a·b, or out += a·b; `after` as above.
enum class Into { fresh, sum };
void product_back(const at::Tensor& out, const at::Tensor& a, const at::Tensor& b, Into into,
                  const std::function<void(Share)>& after);

/// out = aᵀ·b in number type `type`, on the calling thread: a weight's gradient.
void product_of_rows(const at::Tensor& out, const at::Tensor& a, const at::Tensor& b, at::ScalarType type);

}  // namespace spanlab::bert
