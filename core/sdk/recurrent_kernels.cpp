// SPDX-License-Identifier: MIT
#include "sdk/recurrent_kernels.hpp"

#include "spanlab/kernel.hpp"
#include "spanlab/vector_math.hpp"

namespace spanlab {

// The variant of the GRU that LibTorch computes (cuDNN's): the reset gate works on the product of the
// previous state, not on the state itself. That product with its bias is kept, because the reset gate's
// gradient is a multiple of it.
SPANLAB_KERNEL void gru_forward(const float* x, const float* r, const float* bias_x, const float* bias_r,
                                const float* previous, float* __restrict state, float* __restrict kept,
                                std::int64_t h) {
#pragma GCC ivdep  // the places given never overlap
  for (std::int64_t j = 0; j < h; ++j) {
    const float reset = logistic(x[j] + bias_x[j] + r[j] + bias_r[j]);
    const float update = logistic(x[h + j] + bias_x[h + j] + r[h + j] + bias_r[h + j]);
    const float recurrent = r[2 * h + j] + bias_r[2 * h + j];
    const float fresh = tanh_of(x[2 * h + j] + bias_x[2 * h + j] + reset * recurrent);
    kept[j] = reset;
    kept[h + j] = update;
    kept[2 * h + j] = fresh;
    kept[3 * h + j] = recurrent;
    state[j] = (1.0f - update) * fresh + update * previous[j];
  }
}

// Logistic and tanh have slopes that follow from their values, y(1-y) and 1-y², so the values kept from the
// forward pass are all that is needed. The gates of input and recurrent product have the same gradients but
// for the fresh state's, which reaches the recurrent product through the reset gate.
SPANLAB_KERNEL void gru_backward(const float* state_gradient, const float* kept, const float* previous,
                                 float* __restrict x_gradient, float* __restrict r_gradient,
                                 float* __restrict previous_gradient, std::int64_t h) {
#pragma GCC ivdep  // the places given never overlap
  for (std::int64_t j = 0; j < h; ++j) {
    const float reset = kept[j], update = kept[h + j], fresh = kept[2 * h + j], recurrent = kept[3 * h + j];
    const float fresh_gradient = state_gradient[j] * (1.0f - update) * (1.0f - fresh * fresh);
    const float reset_gradient = fresh_gradient * recurrent * reset * (1.0f - reset);
    const float update_gradient = state_gradient[j] * (previous[j] - fresh) * update * (1.0f - update);
    x_gradient[j] = r_gradient[j] = reset_gradient;
    x_gradient[h + j] = r_gradient[h + j] = update_gradient;
    x_gradient[2 * h + j] = fresh_gradient;
    r_gradient[2 * h + j] = fresh_gradient * reset;
    previous_gradient[j] += state_gradient[j] * update;
  }
}

SPANLAB_KERNEL void lstm_forward(const float* x, const float* r, const float* bias_x, const float* bias_r,
                                 const float* previous_kept, float* __restrict state, float* __restrict kept,
                                 std::int64_t h) {
#pragma GCC ivdep  // the places given never overlap
  for (std::int64_t j = 0; j < h; ++j) {
    const float in = logistic(x[j] + bias_x[j] + r[j] + bias_r[j]);
    const float forget = logistic(x[h + j] + bias_x[h + j] + r[h + j] + bias_r[h + j]);
    const float fresh = tanh_of(x[2 * h + j] + bias_x[2 * h + j] + r[2 * h + j] + bias_r[2 * h + j]);
    const float out = logistic(x[3 * h + j] + bias_x[3 * h + j] + r[3 * h + j] + bias_r[3 * h + j]);
    const float cell = in * fresh + forget * previous_kept[4 * h + j];
    const float shown = tanh_of(cell);
    kept[j] = in;
    kept[h + j] = forget;
    kept[2 * h + j] = fresh;
    kept[3 * h + j] = out;
    kept[4 * h + j] = cell;
    kept[5 * h + j] = shown;
    state[j] = out * shown;
  }
}

// A cell gets its gradient from the state that shows it and from the cell after it. What it passes on to the
// cell before it goes through the forget gate alone, so it replaces `cell_gradient` in place.
SPANLAB_KERNEL void lstm_backward(const float* state_gradient, const float* kept, const float* previous_kept,
                                  float* __restrict gate_gradient, float* __restrict cell_gradient,
                                  std::int64_t h) {
#pragma GCC ivdep  // the places given never overlap
  for (std::int64_t j = 0; j < h; ++j) {
    const float in = kept[j], forget = kept[h + j], fresh = kept[2 * h + j], out = kept[3 * h + j],
                shown = kept[5 * h + j];
    const float cell = cell_gradient[j] + state_gradient[j] * out * (1.0f - shown * shown);
    gate_gradient[j] = cell * fresh * in * (1.0f - in);
    gate_gradient[h + j] = cell * previous_kept[4 * h + j] * forget * (1.0f - forget);
    gate_gradient[2 * h + j] = cell * in * (1.0f - fresh * fresh);
    gate_gradient[3 * h + j] = state_gradient[j] * shown * out * (1.0f - out);
    cell_gradient[j] = cell * forget;
  }
}

}  // namespace spanlab
