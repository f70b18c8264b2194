// SPDX-License-Identifier: MIT
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <numeric>

#include "spanlab/kernel.hpp"
#include "spanlab/span_ops.hpp"

namespace spanlab {

namespace {

/// Values and, for the gradient, the row of each maximum (-1 for an empty range).
struct Maxima {
  at::Tensor values;  // [N,H]
  at::Tensor rows;    // [N,H] int32 on the processor, int64 elsewhere
};

template <typename T>
__attribute__((always_inline)) inline void raise_columns(const T* state, std::int32_t row, T* best,
                                                         std::int32_t* rows, std::int64_t columns) {
  for (std::int64_t c = 0; c < columns; ++c) {
    bool greater = (state[c] > best[c]) | (state[c] != state[c]);  // NaN stays visible
    best[c] = greater ? state[c] : best[c];
    rows[c] = greater ? row : rows[c];
  }
}

SPANLAB_KERNEL void raise(const float* state, std::int32_t row, float* best, std::int32_t* rows,
                          std::int64_t columns) {
  raise_columns(state, row, best, rows, columns);
}
SPANLAB_KERNEL void raise(const double* state, std::int32_t row, double* best, std::int32_t* rows,
                          std::int64_t columns) {
  raise_columns(state, row, best, rows, columns);
}

// Ranges with the same begin share one running maximum: it is written out at every end on the way.
std::vector<std::int64_t> by_begin_and_end(const std::int64_t* ranges, std::int64_t count) {
  std::vector<std::int64_t> order(count);
  std::iota(order.begin(), order.end(), 0);
  std::ranges::sort(order, [&](std::int64_t a, std::int64_t b) {
    return std::pair(ranges[2 * a], ranges[2 * a + 1]) < std::pair(ranges[2 * b], ranges[2 * b + 1]);
  });
  return order;
}

/// Columns [begin, end) of a matrix; tasks over columns never write to the same place.
struct Columns {
  std::int64_t begin;
  std::int64_t end;
};

// In shares of at least 32 columns, two cache lines of floats; small work is not worth waking threads.
void over_columns(std::int64_t width, std::int64_t work, const std::function<void(Columns)>& task) {
  constexpr std::int64_t kTooLittle = 1 << 15;
  std::int64_t parts = work < kTooLittle ? 1 : std::clamp<std::int64_t>(width / 32, 1, at::get_num_threads());
  std::int64_t size = (width + parts - 1) / parts;
  parallel_tasks(parts, [&](std::int64_t p) {
    if (p * size < width) task({p * size, std::min(width, (p + 1) * size)});
  });
}

// Ranges come by begin, then end, so a range goes on from the maximum of the shorter one with the same begin:
// each row is looked at once per begin, not once per range. Evaluation has all spans up to a width, of which
// many begin together.
template <typename T>
void forward_columns(const at::Tensor& states, const std::int64_t* ranges,
                     const std::vector<std::int64_t>& order, Columns columns, Maxima& out) {
  const std::int64_t width = states.size(1), count = columns.end - columns.begin;
  const T* state = states.const_data_ptr<T>() + columns.begin;
  T* values = out.values.mutable_data_ptr<T>() + columns.begin;
  std::int32_t* rows = out.rows.mutable_data_ptr<std::int32_t>() + columns.begin;
  std::vector<T> best(count);
  std::vector<std::int32_t> best_rows(count);
  std::int64_t begin = -1, row = 0;
  for (std::int64_t n : order) {
    const std::int64_t end = ranges[2 * n + 1];
    if (ranges[2 * n] >= end) {
      std::fill_n(values + n * width, count, T(0));
      std::fill_n(rows + n * width, count, -1);
      continue;
    }
    if (ranges[2 * n] != begin) {
      begin = ranges[2 * n];
      std::copy_n(state + begin * width, count, best.begin());
      std::ranges::fill(best_rows, static_cast<std::int32_t>(begin));
      row = begin + 1;
    }
    for (; row < end; ++row) {
      raise(state + row * width, static_cast<std::int32_t>(row), best.data(), best_rows.data(), count);
    }
    std::ranges::copy(best, values + n * width);
    std::ranges::copy(best_rows, rows + n * width);
  }
}

// The gradient of a maximum goes to the row that it was taken from. Several ranges may add to one row: a task
// has columns of its own and goes over the ranges in order, so that the sums do not depend on the threads.
template <typename T>
void backward_columns(const at::Tensor& gradient, const at::Tensor& rows, Columns columns,
                      at::Tensor& result) {
  const std::int64_t width = gradient.size(1), count = gradient.size(0);
  const T* from = gradient.const_data_ptr<T>();
  const std::int32_t* row = rows.const_data_ptr<std::int32_t>();
  T* to = result.mutable_data_ptr<T>();
  for (std::int64_t n = 0; n < count; ++n) {
    if (row[n * width] < 0) continue;
    for (std::int64_t c = columns.begin; c < columns.end; ++c) {
      to[row[n * width + c] * width + c] += from[n * width + c];
    }
  }
}

Maxima maxima_on_processor(const at::Tensor& states, const at::Tensor& ranges) {
  Maxima out{at::empty({ranges.size(0), states.size(1)}, states.options()),
             at::empty({ranges.size(0), states.size(1)}, states.options().dtype(at::kInt))};
  const std::int64_t* range = ranges.const_data_ptr<std::int64_t>();
  std::vector<std::int64_t> order = by_begin_and_end(range, ranges.size(0));
  over_columns(states.size(1), ranges.size(0) * states.size(1), [&](Columns columns) {
    if (states.scalar_type() == at::kFloat) {
      forward_columns<float>(states, range, order, columns, out);
    } else {
      forward_columns<double>(states, range, order, columns, out);
    }
  });
  return out;
}

// On any device, without a loop over ranges: level k holds the maximum of every 2^k neighbouring rows, each
// made of two of level k-1. A range is covered by two entries, which may overlap, of the largest level that
// fits into it: one at its begin and one that ends where it ends. All levels lie in one tensor; `offset` is
// where a range's level begins there, `size` how many rows an entry of it stands for.
Maxima maxima_by_levels(const at::Tensor& states, const at::Tensor& ranges) {
  const std::int64_t units = states.size(0);
  std::vector<at::Tensor> values{states},
      rows{at::arange(units, ranges.options()).unsqueeze(1).expand_as(states)};
  at::Tensor begin = ranges.select(1, 0), length = ranges.select(1, 1) - begin;
  at::Tensor offset = at::zeros_like(begin), size = at::ones_like(begin);
  std::int64_t before = 0;
  for (std::int64_t half = 1; 2 * half <= units; half *= 2) {
    const at::Tensor &v = values.back(), &r = rows.back();
    const std::int64_t left = units - 2 * half + 1;
    at::Tensor a = v.narrow(0, 0, left), b = v.narrow(0, half, left);
    at::Tensor later = (b > a).logical_or(b.isnan().logical_and(a.isnan().logical_not()));
    before += v.size(0);
    at::Tensor covers = length >= 2 * half;
    offset = at::where(covers, before, offset);
    size = at::where(covers, 2 * half, size);
    at::Tensor next_rows = at::where(later, r.narrow(0, half, left), r.narrow(0, 0, left));
    values.push_back(at::where(later, b, a));
    rows.push_back(next_rows);
  }
  // An empty range looks at the first entry and is filled with zeros at the end.
  at::Tensor some = length > 0;
  at::Tensor first = at::where(some, offset + begin, at::zeros_like(begin));
  at::Tensor second = at::where(some, offset + begin + length - size, at::zeros_like(begin));
  at::Tensor all = at::cat(values), all_rows = at::cat(rows);
  at::Tensor a = all.index_select(0, first), b = all.index_select(0, second);
  at::Tensor later = (b > a).logical_or(b.isnan().logical_and(a.isnan().logical_not()));
  at::Tensor none = some.logical_not().unsqueeze(1);
  return {at::where(later, b, a).masked_fill(none, 0),
          at::where(later, all_rows.index_select(0, second), all_rows.index_select(0, first))
              .masked_fill(none, -1)};
}

bool has_kernel(const at::Tensor& states) {
  return states.device().is_cpu() &&
         (states.scalar_type() == at::kFloat || states.scalar_type() == at::kDouble);
}

at::Tensor scatter(const at::Tensor& gradient, const at::Tensor& rows, std::int64_t units) {
  at::Tensor result = at::zeros({units, gradient.size(1)}, gradient.options());
  if (rows.scalar_type() != at::kInt) {
    at::Tensor none = rows < 0;
    return result.scatter_add(0, rows.clamp_min(0), gradient.masked_fill(none, 0));
  }
  over_columns(gradient.size(1), gradient.numel(), [&](Columns columns) {
    if (gradient.scalar_type() == at::kFloat) {
      backward_columns<float>(gradient, rows, columns, result);
    } else {
      backward_columns<double>(gradient, rows, columns, result);
    }
  });
  return result;
}

struct MaxOverRows : torch::autograd::Function<MaxOverRows> {
  static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& states,
                            const at::Tensor& ranges) {
    Maxima out = ranges.size(0) == 0 || states.size(0) == 0
                     ? Maxima{at::zeros({ranges.size(0), states.size(1)}, states.options()),
                              at::full({ranges.size(0), states.size(1)}, -1, ranges.options())}
                 : has_kernel(states) ? maxima_on_processor(states.contiguous(), ranges.contiguous())
                                      : maxima_by_levels(states, ranges);
    context->save_for_backward({out.rows});
    context->saved_data["units"] = states.size(0);
    return out.values;
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 torch::autograd::variable_list gradients) {
    std::int64_t units = context->saved_data["units"].toInt();
    return {scatter(gradients[0].contiguous(), context->get_saved_variables()[0], units), at::Tensor()};
  }
};

}  // namespace

at::Tensor max_over_rows(const at::Tensor& states, const at::Tensor& ranges) {
  return MaxOverRows::apply(states, ranges);
}

at::Tensor max_over_rows_reference(const at::Tensor& states, const at::Tensor& ranges) {
  std::vector<at::Tensor> rows;
  at::Tensor on_host = ranges.to(at::kCPU);
  for (std::int64_t n = 0; n < ranges.size(0); ++n) {
    std::int64_t begin = on_host[n][0].item<std::int64_t>(), end = on_host[n][1].item<std::int64_t>();
    if (begin >= end) {
      rows.push_back(at::zeros({states.size(1)}, states.options()));
      continue;
    }
    at::Tensor slice = states.slice(0, begin, end);
    rows.push_back(slice.gather(0, slice.argmax(0, true)).squeeze(0));
  }
  return rows.empty() ? at::zeros({0, states.size(1)}, states.options()) : at::stack(rows);
}

}  // namespace spanlab
