// SPDX-License-Identifier: MIT
#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "spanlab/kernel.hpp"
#include "train/optimizer_state.hpp"

namespace spanlab::host {

namespace {

constexpr std::int64_t kChunk = 8192;  // values; fixed, so that sums do not depend on the number of threads
constexpr int kLanes = 64;

// Few enough values are added in single precision that the sum is as good as in double: at most 16 by each
// lane.
SPANLAB_KERNEL double sum_of_squares(const float* values, std::int64_t count) {
  constexpr std::int64_t kBlock = 16 * kLanes;
  double sum = 0;
  for (std::int64_t begin = 0; begin < count; begin += kBlock) {
    const std::int64_t end = begin + kBlock < count ? begin + kBlock : count;
    float lanes[kLanes] = {};
    std::int64_t i = begin;
    for (; i + kLanes <= end; i += kLanes) {
      for (int lane = 0; lane < kLanes; lane += 16)
        __builtin_prefetch(values + i + lane +
                           kBlock);  // one stream alone does not fill the memory's bandwidth
      for (int lane = 0; lane < kLanes; ++lane) lanes[lane] += values[i + lane] * values[i + lane];
    }
    for (; i < end; ++i) lanes[0] += values[i] * values[i];
    float total = 0;
    for (float lane : lanes) total += lane;
    sum += static_cast<double>(total);
  }
  return sum;
}

// To the nearest bfloat16, ties to even. No NaN comes here: a step with one changes nothing.
SPANLAB_KERNEL void round_values(const float* from, std::uint16_t* __restrict to, std::int64_t count) {
  for (std::int64_t i = 0; i < count; ++i) {
    const std::uint32_t bits = __builtin_bit_cast(std::uint32_t, from[i]);
    to[i] = static_cast<std::uint16_t>((bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16);
  }
}

SPANLAB_KERNEL void update(float* __restrict p, const float* __restrict g, float* __restrict m,
                           float* __restrict v, std::int64_t count, UpdateFactors f) {
  for (std::int64_t i = 0; i < count; ++i) {
    const float gradient = g[i] * f.scale;
    m[i] = m[i] * f.beta1 + gradient * f.rest1;
    v[i] = v[i] * f.beta2 + gradient * gradient * f.rest2;
    const float moved = p[i] * f.before - f.step * (m[i] / (__builtin_sqrtf(v[i]) * f.root + f.epsilon));
    p[i] = moved - f.after * moved;
  }
}

// The same where the gradient is zero: rows of a table that the batch does not hold.
SPANLAB_KERNEL void drift(float* __restrict p, float* __restrict m, float* __restrict v, std::int64_t count,
                          UpdateFactors f) {
  for (std::int64_t i = 0; i < count; ++i) {
    m[i] *= f.beta1;
    v[i] *= f.beta2;
    const float moved = p[i] * f.before - f.step * (m[i] / (__builtin_sqrtf(v[i]) * f.root + f.epsilon));
    p[i] = moved - f.after * moved;
  }
}

/// The gradient of a table in this step: one dense row per row that was touched.
struct TableGradient {
  std::vector<std::int32_t> compact;  // [V] number among the slot's rows, or -1
  std::vector<std::int32_t> place;    // [K] row in `values`, or -1 where the gradient is zero
  std::vector<float> values;
  std::vector<std::int64_t> touched;

  void collect(const OptimizerSlot& slot, const at::Tensor& gradient);

 private:
  void add(const OptimizerSlot& slot, std::int64_t row, const float* gradient, std::int64_t width);
};

void TableGradient::add(const OptimizerSlot& slot, std::int64_t row, const float* gradient,
                        std::int64_t width) {
  std::int32_t k = compact[row];
  if (k < 0)
    throw std::logic_error("row " + std::to_string(row) + " of '" + slot.name +
                           "' has a gradient but was not named as occurring");
  if (place[k] >= 0) {
    float* values_row = values.data() + place[k] * width;
    for (std::int64_t c = 0; c < width; ++c) values_row[c] += gradient[c];
    return;
  }
  place[k] = static_cast<std::int32_t>(touched.size());
  touched.push_back(k);
  values.insert(values.end(), gradient, gradient + width);
}

void TableGradient::collect(const OptimizerSlot& slot, const at::Tensor& gradient) {
  const std::int64_t width = slot.value.size(1);
  for (std::int64_t k : touched) place[k] = -1;
  touched.clear();
  values.clear();
  if (gradient.is_sparse()) {
    at::Tensor rows = gradient._indices()[0].contiguous(), from = gradient._values().contiguous();
    const std::int64_t* row = rows.const_data_ptr<std::int64_t>();
    for (std::int64_t i = 0; i < rows.numel(); ++i)
      add(slot, row[i], from.const_data_ptr<float>() + i * width, width);
  } else {
    at::Tensor dense = gradient.contiguous();
    for (std::int64_t row : slot.rows) add(slot, row, dense.const_data_ptr<float>() + row * width, width);
  }
}

/// A piece of work: values [begin, begin+count) of a slot, or rows of a table.
struct Chunk {
  std::size_t slot;
  std::int64_t begin;
  std::int64_t count;
};

class FusedState : public OptimizerState {
 public:
  FusedState(std::vector<NamedParameter> parameters, OptimizerSettings settings);
  at::Tensor step(double rate) override;
  void settle() override;

 protected:
  at::Tensor first(std::size_t slot) override { return moments(first_, slot); }
  at::Tensor second(std::size_t slot) override { return moments(second_, slot); }

 private:
  bool is_table(std::size_t slot) const { return !slots_[slot].rows.empty(); }
  std::int64_t width(std::size_t slot) const { return slots_[slot].value.size(1); }
  at::Tensor moments(const at::Tensor& flat, std::size_t slot) const;
  double chunk_square(const Chunk& chunk) const;
  void update_values(const Chunk& chunk, const UpdateFactors& factors);
  void update_rows(const Chunk& chunk, const UpdateFactors& factors);

  at::Tensor first_, second_;
  std::vector<std::int64_t> offsets_;  // of each slot in the moments
  std::vector<Chunk> chunks_;
  std::vector<TableGradient> tables_;  // by slot, empty for others
  std::vector<at::Tensor> gradients_;  // of the running step, dense, by slot
};

FusedState::FusedState(std::vector<NamedParameter> parameters, OptimizerSettings settings)
    : OptimizerState(std::move(parameters), settings), tables_(slots_.size()), gradients_(slots_.size()) {
  std::int64_t total = 0;
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    const OptimizerSlot& slot = slots_[i];
    offsets_.push_back(total);
    std::int64_t items = is_table(i) ? static_cast<std::int64_t>(slot.rows.size()) : slot.value.numel();
    std::int64_t size = is_table(i) ? std::max<std::int64_t>(1, kChunk / width(i)) : kChunk;
    for (std::int64_t begin = 0; begin < items; begin += size)
      chunks_.push_back({i, begin, std::min(size, items - begin)});
    total += is_table(i) ? items * width(i) : items;
    if (!is_table(i)) continue;
    tables_[i].compact.assign(slot.value.size(0), -1);
    tables_[i].place.assign(slot.rows.size(), -1);
    for (std::size_t k = 0; k < slot.rows.size(); ++k)
      tables_[i].compact.at(slot.rows[k]) = static_cast<std::int32_t>(k);
  }
  first_ = at::zeros({total}, at::kFloat);
  second_ = at::zeros({total}, at::kFloat);
}

at::Tensor FusedState::moments(const at::Tensor& flat, std::size_t slot) const {
  if (!is_table(slot))
    return flat.narrow(0, offsets_[slot], slots_[slot].value.numel()).view(slots_[slot].value.sizes());
  std::int64_t rows = static_cast<std::int64_t>(slots_[slot].rows.size());
  return flat.narrow(0, offsets_[slot], rows * width(slot)).view({rows, width(slot)});
}

double FusedState::chunk_square(const Chunk& chunk) const {
  if (!gradients_[chunk.slot].defined()) return 0;
  if (!is_table(chunk.slot))
    return sum_of_squares(gradients_[chunk.slot].const_data_ptr<float>() + chunk.begin, chunk.count);
  const TableGradient& table = tables_[chunk.slot];
  double sum = 0;
  for (std::int64_t k = chunk.begin; k < chunk.begin + chunk.count; ++k) {
    if (table.place[k] >= 0)
      sum += sum_of_squares(table.values.data() + table.place[k] * width(chunk.slot), width(chunk.slot));
  }
  return sum;
}

void FusedState::update_values(const Chunk& chunk, const UpdateFactors& factors) {
  const OptimizerSlot& slot = slots_[chunk.slot];
  const std::int64_t offset = offsets_[chunk.slot] + chunk.begin;
  float* values = slot.value.mutable_data_ptr<float>() + chunk.begin;
  update(values, gradients_[chunk.slot].const_data_ptr<float>() + chunk.begin,
         first_.mutable_data_ptr<float>() + offset, second_.mutable_data_ptr<float>() + offset, chunk.count,
         factors);
  if (slot.rounded.defined())
    round_values(values, static_cast<std::uint16_t*>(slot.rounded.mutable_data_ptr()) + chunk.begin,
                 chunk.count);
}

void FusedState::update_rows(const Chunk& chunk, const UpdateFactors& factors) {
  const OptimizerSlot& slot = slots_[chunk.slot];
  const TableGradient& table = tables_[chunk.slot];
  const std::int64_t columns = width(chunk.slot);
  for (std::int64_t k = chunk.begin; k < chunk.begin + chunk.count; ++k) {
    float* values = slot.value.mutable_data_ptr<float>() + slot.rows[k] * columns;
    float* m = first_.mutable_data_ptr<float>() + offsets_[chunk.slot] + k * columns;
    float* v = second_.mutable_data_ptr<float>() + offsets_[chunk.slot] + k * columns;
    if (table.place[k] >= 0)
      update(values, table.values.data() + table.place[k] * columns, m, v, columns, factors);
    else
      drift(values, m, v, columns, factors);
  }
}

at::Tensor FusedState::step(double rate) {
  at::NoGradGuard no_gradient;
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    const at::Tensor& gradient = slots_[i].value.grad();
    gradients_[i] = !gradient.defined()    ? at::Tensor()
                    : gradient.is_sparse() ? (is_table(i) ? gradient : gradient.to_dense())
                                           : gradient.contiguous();
    if (gradient.defined() && is_table(i)) tables_[i].collect(slots_[i], gradient);
  }
  std::vector<double> squares(chunks_.size());
  const std::int64_t count = static_cast<std::int64_t>(chunks_.size());
  parallel_tasks(count, [&](std::int64_t c) { squares[c] = chunk_square(chunks_[c]); });
  const double norm = std::sqrt(std::accumulate(squares.begin(), squares.end(), 0.0));
  if (!std::isfinite(norm)) return at::scalar_tensor(norm, at::kDouble);

  std::vector<UpdateFactors> by_slot(slots_.size());
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    OptimizerSlot& slot = slots_[i];
    if (!gradients_[i].defined()) continue;
    ++slot.steps;
    by_slot[i] = factors(slot, rate, clipping_scale(norm));
    if (slot.decays) slot.owed *= 1 - rate * slot.rate * settings_.weight_decay;
  }
  parallel_tasks(count, [&](std::int64_t c) {
    const Chunk& chunk = chunks_[c];
    if (!gradients_[chunk.slot].defined()) return;
    if (is_table(chunk.slot))
      update_rows(chunk, by_slot[chunk.slot]);
    else
      update_values(chunk, by_slot[chunk.slot]);
  });
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    gradients_[i] = at::Tensor();
    slots_[i].value.mutable_grad() = at::Tensor();
  }
  return at::scalar_tensor(norm, at::kDouble);
}

void FusedState::settle() {
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    OptimizerSlot& slot = slots_[i];
    const double owed = std::exchange(slot.owed, 1.0);
    if (!is_table(i) || owed == 1) continue;
    const TableGradient& table = tables_[i];
    float* values = slot.value.mutable_data_ptr<float>();
    const std::int64_t columns = width(i);
    parallel_tasks((slot.value.size(0) + kChunk - 1) / kChunk, [&](std::int64_t part) {
      for (std::int64_t row = part * kChunk;
           row < std::min<std::int64_t>(slot.value.size(0), (part + 1) * kChunk); ++row) {
        if (table.compact[row] >= 0) continue;
        for (std::int64_t c = row * columns; c < (row + 1) * columns; ++c)
          values[c] = static_cast<float>(values[c] * owed);
      }
    });
  }
}

}  // namespace

std::unique_ptr<OptimizerState> make_fused_state(std::vector<NamedParameter> parameters,
                                                 OptimizerSettings settings) {
  return std::make_unique<FusedState>(std::move(parameters), settings);
}

}  // namespace spanlab::host
