// SPDX-License-Identifier: MIT
#include "sdk/recurrent.hpp"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <numeric>

#include "spanlab/kernel.hpp"
#include "sdk/recurrent_kernels.hpp"

namespace spanlab {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// One direction of one layer while it runs. Tensors over places are in step order.
struct Side {
  Cell cell;
  StepOrder order;
  at::Tensor weight_x, weight_r, bias_x, bias_r;
  at::Tensor states;  // [U,h]
  at::Tensor kept;    // [U,4h] or [U,6h]

  std::int64_t size() const { return weight_r.size(1); }
  std::int64_t gates() const { return weight_r.size(0); }
  std::int64_t kept_width() const { return (cell == Cell::gru ? 4 : 6) * size(); }
  std::int64_t steps() const { return static_cast<std::int64_t>(order.starts.size()) - 1; }
  std::int64_t start(std::int64_t t) const { return order.starts[t]; }
  std::int64_t count(std::int64_t t) const { return order.starts[t + 1] - order.starts[t]; }
};

// The input's products of all steps are one large product before the loop; only the products of the previous
// states must wait for one another.
void run_forward(Side& side, const at::Tensor& input) {
  const std::int64_t h = side.size(), gates = side.gates(), wide = side.kept_width(), units = input.size(0);
  at::Tensor products = at::mm(input, side.weight_x.t());
  at::Tensor recurrent = at::zeros({side.steps() > 0 ? side.count(0) : 0, gates}, input.options());
  side.states = at::empty({units, h}, input.options());
  side.kept = at::empty({units, wide}, input.options());
  const at::Tensor turned = side.weight_r.t();
  float *states = side.states.mutable_data_ptr<float>(), *kept = side.kept.mutable_data_ptr<float>();
  const float *x = products.const_data_ptr<float>(), *bias_x = side.bias_x.const_data_ptr<float>(),
              *bias_r = side.bias_r.const_data_ptr<float>();
  const std::vector<float> zeros(wide);
  for (std::int64_t t = 0; t < side.steps(); ++t) {
    const std::int64_t count = side.count(t);
    at::Tensor active = recurrent.narrow(0, 0, count);
    if (t > 0) at::mm_out(active, side.states.narrow(0, side.start(t - 1), count), turned);
    const float* r = active.const_data_ptr<float>();
    for (std::int64_t i = 0; i < count; ++i) {
      const std::int64_t place = side.start(t) + i, before = t > 0 ? side.start(t - 1) + i : -1;
      const float* from = x + side.order.rows[place] * gates;
      if (side.cell == Cell::gru) {
        gru_forward(from, r + i * gates, bias_x, bias_r, before < 0 ? zeros.data() : states + before * h,
                    states + place * h, kept + place * wide, h);
      } else {
        lstm_forward(from, r + i * gates, bias_x, bias_r, before < 0 ? zeros.data() : kept + before * wide,
                     states + place * h, kept + place * wide, h);
      }
    }
  }
}

/// Gradients of one direction: of the input, then w_ih, w_hh, b_ih, b_hh.
struct SideGradients {
  at::Tensor input, weight_x, weight_r, bias_x, bias_r;
};

// `gradient` [U,h] of the states, in step order; it is used up: on the way back each step adds to it what the
// step after it passes on to its states. Gradients of the weights are sums over all steps, so they are single
// products after the loop.
SideGradients run_backward(const Side& side, const at::Tensor& input, at::Tensor gradient) {
  const std::int64_t h = side.size(), gates = side.gates(), wide = side.kept_width(), units = input.size(0),
                     first = side.steps() > 0 ? side.count(0) : 0;
  at::Tensor of_x = at::empty({units, gates}, input.options());  // in the input's order
  at::Tensor of_r = at::empty({units, gates}, input.options());  // in step order
  at::Tensor of_cells = at::zeros({first, h}, input.options());  // LSTM: of the cells, from step to step
  const std::vector<float> zeros(wide);
  std::vector<float> unused(h);
  const float *states = side.states.const_data_ptr<float>(), *kept = side.kept.const_data_ptr<float>();
  float *to = gradient.mutable_data_ptr<float>(), *x = of_x.mutable_data_ptr<float>(),
        *r = of_r.mutable_data_ptr<float>(), *cells = of_cells.mutable_data_ptr<float>();
  for (std::int64_t t = side.steps() - 1; t >= 0; --t) {
    const std::int64_t count = side.count(t);
    for (std::int64_t i = 0; i < count; ++i) {
      const std::int64_t place = side.start(t) + i, before = t > 0 ? side.start(t - 1) + i : -1;
      float* of_input = x + side.order.rows[place] * gates;
      if (side.cell == Cell::gru) {
        gru_backward(to + place * h, kept + place * wide, before < 0 ? zeros.data() : states + before * h,
                     of_input, r + place * gates, before < 0 ? unused.data() : to + before * h, h);
      } else {
        lstm_backward(to + place * h, kept + place * wide, before < 0 ? zeros.data() : kept + before * wide,
                      of_input, cells + i * h, h);
        std::copy_n(of_input, gates, r + place * gates);
      }
    }
    if (t > 0) {
      gradient.narrow(0, side.start(t - 1), count)
          .addmm_(of_r.narrow(0, side.start(t), count), side.weight_r);
    }
  }
  // The previous state of each place, in the order of `of_r` from the second block on: places of the first
  // block have none, so they give the recurrent weights no gradient.
  at::Tensor previous = at::empty({units - first, h}, input.options());
  for (std::int64_t t = 1; t < side.steps(); ++t) {
    std::copy_n(states + side.start(t - 1) * h, side.count(t) * h,
                previous.mutable_data_ptr<float>() + (side.start(t) - first) * h);
  }
  return {at::mm(of_x, side.weight_x), at::mm(of_x.t(), input),
          at::mm(of_r.narrow(0, first, units - first).t(), previous), of_x.sum(0), of_r.sum(0)};
}

Side make_side(Cell cell, std::span<const std::int64_t> offsets, Direction direction,
               const at::Tensor* weights) {
  return {cell,
          step_order(offsets, direction),
          weights[0].contiguous(),
          weights[1].contiguous(),
          weights[2].contiguous(),
          weights[3].contiguous(),
          {},
          {}};
}

// Copies one side's states from step order into its columns of the packed output [U,2h], and the last state
// of each sequence into those of `finals` [S,2h].
void spread(const Side& side, std::int64_t column, at::Tensor& units, at::Tensor& finals) {
  const std::int64_t h = side.size();
  const float* from = side.states.const_data_ptr<float>();
  float *to = units.mutable_data_ptr<float>() + column, *last = finals.mutable_data_ptr<float>() + column;
  for (std::size_t place = 0; place < side.order.rows.size(); ++place) {
    std::copy_n(from + place * h, h, to + side.order.rows[place] * 2 * h);
  }
  for (std::size_t s = 0; s < side.order.last_place.size(); ++s) {
    if (side.order.last_place[s] >= 0) std::copy_n(from + side.order.last_place[s] * h, h, last + s * 2 * h);
  }
}

// The way back of spread(): gradients of the packed output, added up in step order.
at::Tensor gather(const Side& side, std::int64_t column, const at::Tensor& units, const at::Tensor& finals) {
  const std::int64_t h = side.size();
  at::Tensor gradient =
      at::zeros({static_cast<std::int64_t>(side.order.rows.size()), h}, side.states.options());
  float* to = gradient.mutable_data_ptr<float>();
  if (units.defined()) {
    const float* from = units.const_data_ptr<float>() + column;
    for (std::size_t place = 0; place < side.order.rows.size(); ++place) {
      std::copy_n(from + side.order.rows[place] * 2 * h, h, to + place * h);
    }
  }
  if (finals.defined()) {
    const float* from = finals.const_data_ptr<float>() + column;
    for (std::size_t s = 0; s < side.order.last_place.size(); ++s) {
      for (std::int64_t j = 0; side.order.last_place[s] >= 0 && j < h; ++j) {
        to[side.order.last_place[s] * h + j] += from[s * 2 * h + j];
      }
    }
  }
  return gradient;
}

struct RecurrentLayer : torch::autograd::Function<RecurrentLayer> {
  static variable_list forward(AutogradContext* context, const at::Tensor& given, at::TensorList weights,
                               std::int64_t cell, std::vector<std::int64_t> offsets) {
    at::Tensor input = given.contiguous();
    std::vector<at::Tensor> held = weights.vec();
    // The two directions need nothing of each other: each is a task of its own.
    std::vector<Side> sides{make_side(static_cast<Cell>(cell), offsets, Direction::forward, &held[0]),
                            make_side(static_cast<Cell>(cell), offsets, Direction::backward, &held[4])};
    parallel_tasks(2, [&](std::int64_t i) { run_forward(sides[i], input); });
    const std::int64_t h = sides[0].size();
    at::Tensor units = at::empty({input.size(0), 2 * h}, input.options());
    at::Tensor finals = at::zeros({static_cast<std::int64_t>(offsets.size()) - 1, 2 * h}, input.options());
    for (std::int64_t i = 0; i < 2; ++i) spread(sides[i], i * h, units, finals);
    variable_list saved{input, sides[0].states, sides[0].kept, sides[1].states, sides[1].kept};
    saved.insert(saved.end(), held.begin(), held.end());
    context->save_for_backward(saved);
    context->saved_data["cell"] = cell;
    context->saved_data["offsets"] = offsets;
    context->set_materialize_grads(false);
    return {units, finals};
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    variable_list saved = context->get_saved_variables();
    std::vector<std::int64_t> offsets = context->saved_data["offsets"].toIntVector();
    Cell cell = static_cast<Cell>(context->saved_data["cell"].toInt());
    at::Tensor of_units = gradients[0].defined() ? gradients[0].contiguous() : at::Tensor();
    at::Tensor of_finals = gradients[1].defined() ? gradients[1].contiguous() : at::Tensor();
    SideGradients results[2];
    parallel_tasks(2, [&](std::int64_t i) {
      Side side =
          make_side(cell, offsets, i == 0 ? Direction::forward : Direction::backward, &saved[5 + 4 * i]);
      side.states = saved[1 + 2 * i];
      side.kept = saved[2 + 2 * i];
      results[i] = run_backward(side, saved[0], gather(side, i * side.size(), of_units, of_finals));
    });
    variable_list out{results[0].input.add_(results[1].input)};
    for (SideGradients& side : results) {
      out.insert(out.end(), {side.weight_x, side.weight_r, side.bias_x, side.bias_r});
    }
    out.insert(out.end(), {at::Tensor(), at::Tensor()});
    return out;
  }
};

}  // namespace

StepOrder step_order(std::span<const std::int64_t> offsets, Direction direction) {
  const std::int64_t sequences = static_cast<std::int64_t>(offsets.size()) - 1;
  auto length = [&](std::int64_t s) { return offsets[s + 1] - offsets[s]; };
  std::vector<std::int64_t> by_length(sequences);
  std::iota(by_length.begin(), by_length.end(), 0);
  std::ranges::stable_sort(by_length, std::greater(), length);
  StepOrder order;
  order.starts.push_back(0);
  order.last_place.assign(sequences, -1);
  for (std::int64_t t = 0; sequences > 0 && t < length(by_length[0]); ++t) {
    for (std::int64_t s : by_length) {
      if (t >= length(s)) break;
      if (t == length(s) - 1) order.last_place[s] = static_cast<std::int64_t>(order.rows.size());
      order.rows.push_back(direction == Direction::forward ? offsets[s] + t : offsets[s + 1] - 1 - t);
    }
    order.starts.push_back(static_cast<std::int64_t>(order.rows.size()));
  }
  return order;
}

TowerOutput recurrent_layer(Cell cell, const at::Tensor& input, std::span<const std::int64_t> offsets,
                            at::TensorList weights) {
  bool kernel = input.device().is_cpu() && input.scalar_type() == at::kFloat;
  if (!kernel || input.size(0) == 0) return recurrent_layer_reference(cell, input, offsets, weights);
  variable_list out = RecurrentLayer::apply(input, weights, static_cast<std::int64_t>(cell),
                                            std::vector<std::int64_t>(offsets.begin(), offsets.end()));
  return {out[0], out[1]};
}

}  // namespace spanlab
