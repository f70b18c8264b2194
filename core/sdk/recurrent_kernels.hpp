// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace spanlab {

/// One place (a unit at its time step) of a recurrent layer of size h. `x` and `r` hold the products of the
/// input and of the previous state, without biases; `kept` is what the backward pass needs. At the first
/// place the previous one is all zeros.

/// GRU: kept [4h] = r, z, n, W_hn·h + b_hn.
void gru_forward(const float* x, const float* r, const float* bias_x, const float* bias_r,
                 const float* previous, float* state, float* kept, std::int64_t h);
/// Gives the gradients before the gates for the input [3h] and for the recurrent product [3h], and adds to
/// `previous_gradient` [h].
void gru_backward(const float* state_gradient, const float* kept, const float* previous, float* x_gradient,
                  float* r_gradient, float* previous_gradient, std::int64_t h);

/// LSTM: kept [6h] = i, f, g, o, cell, tanh(cell). `previous_kept` belongs to the previous place.
void lstm_forward(const float* x, const float* r, const float* bias_x, const float* bias_r,
                  const float* previous_kept, float* state, float* kept, std::int64_t h);
/// `cell_gradient` [h] comes from the next place and leaves for the previous one.
void lstm_backward(const float* state_gradient, const float* kept, const float* previous_kept,
                   float* gate_gradient, float* cell_gradient, std::int64_t h);

}  // namespace spanlab
