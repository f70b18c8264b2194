// SPDX-License-Identifier: MIT
#include "bert/workspace.hpp"

#include <ATen/Parallel.h>

#include <algorithm>

namespace spanlab::bert {

namespace {
constexpr std::int64_t kAlign = 16;  // values: one cache line
}

// A tensor of an earlier step that is still alive (a gradient that somebody keeps) holds on to the memory:
// then new memory is taken, and that tensor keeps its values.
void Memory::begin(std::int64_t count) {
  used_ = 0;
  if (!flat_.defined() || flat_.numel() < count || flat_.storage().use_count() > 1) {
    flat_ = at::empty({count}, at::kFloat);
  }
}

at::Tensor Memory::take(std::int64_t rows, std::int64_t columns) {
  const std::int64_t begin = used_;
  used_ = (used_ + rows * columns + kAlign - 1) / kAlign * kAlign;
  return flat_.narrow(0, begin, rows * columns).view({rows, columns});
}

std::unique_ptr<Memory> MemoryPool::borrow() {
  const std::lock_guard lock(mutex_);
  if (free_.empty()) return std::make_unique<Memory>();
  std::unique_ptr<Memory> memory = std::move(free_.back());
  free_.pop_back();
  return memory;
}

void MemoryPool::give_back(std::unique_ptr<Memory> memory) {
  const std::lock_guard lock(mutex_);
  free_.push_back(std::move(memory));
}

Masks::Masks(const Config& config, std::int64_t sentences, Pass& pass) {
  embeddings = DropoutMask::next(config.hidden_dropout_prob, pass);
  for (std::int64_t i = 0; i < config.num_hidden_layers; ++i) {
    LayerMasks& layer = layers.emplace_back();
    for (std::int64_t s = 0; s < sentences; ++s)
      layer.attention.push_back(DropoutMask::next(config.attention_probs_dropout_prob, pass));
    layer.attended = DropoutMask::next(config.hidden_dropout_prob, pass);
    layer.output = DropoutMask::next(config.hidden_dropout_prob, pass);
  }
}

void share_out(std::int64_t size, std::int64_t grain, const std::function<void(Share)>& task) {
  const std::int64_t grains = (size + grain - 1) / grain;
  const std::int64_t parts =
      std::clamp<std::int64_t>(at::get_num_threads(), 1, std::max<std::int64_t>(1, grains));
  parallel_tasks(parts, [&](std::int64_t p) {
    const std::int64_t begin = std::min(size, grains * p / parts * grain),
                       end = std::min(size, grains * (p + 1) / parts * grain);
    if (begin < end) task({begin, end - begin});
  });
}

// A column of the product needs one row of the weights: threads share the columns, so that each reads its own
// part of the weights once, and all read the (smaller) activations.
void product(const at::Tensor& out, const at::Tensor& a, const at::Tensor& b,
             const std::function<void(Share)>& after) {
  const at::Tensor given = a.to(b.scalar_type());
  share_out(out.size(1), kAlign, [&](Share share) {
    at::Tensor part = out.narrow(1, share.begin, share.count),
               weights = b.narrow(0, share.begin, share.count).t();
    if (b.scalar_type() == at::kFloat) {
      at::mm_out(part, given, weights);
    } else {
      part.copy_(at::mm(given, weights));
    }
    after(share);
  });
}

void product_back(const at::Tensor& out, const at::Tensor& a, const at::Tensor& b, Into into,
                  const std::function<void(Share)>& after) {
  const at::Tensor given = a.to(b.scalar_type());
  share_out(out.size(1), kAlign, [&](Share share) {
    at::Tensor part = out.narrow(1, share.begin, share.count),
               weights = b.narrow(1, share.begin, share.count);
    if (b.scalar_type() != at::kFloat) {
      at::Tensor product = at::mm(given, weights);
      into == Into::sum ? part.add_(product) : part.copy_(product);
    } else if (into == Into::sum) {
      part.addmm_(given, weights);
    } else {
      at::mm_out(part, given, weights);
    }
    after(share);
  });
}

void product_of_rows(const at::Tensor& out, const at::Tensor& a, const at::Tensor& b, at::ScalarType type) {
  if (type == at::kFloat) {
    at::Tensor place = out;
    at::mm_out(place, a.t(), b);
  } else {
    out.copy_(at::mm(a.to(type).t(), b.to(type)));
  }
}

}  // namespace spanlab::bert
