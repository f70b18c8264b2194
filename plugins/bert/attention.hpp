// SPDX-License-Identifier: MIT
#pragma once

#include <ATen/core/Tensor.h>

#include "bert/checkpoint.hpp"
#include "spanlab/kernel.hpp"

namespace spanlab::bert {

/// Attention inside one sentence of T units with h heads of size d; H = h·d.

/// `context` [T,H] from queries, keys and values `qkv` [T,3H]. `kept`, unless undefined, gets the probabilities [h,T,T].
void attend(const Config& config, const at::Tensor& qkv, DropoutMask mask, const at::Tensor& kept, const at::Tensor& context);

/// `of_qkv` [T,3H] from the gradient of the context [T,H].
void attend_backward(const Config& config, const at::Tensor& of_context, const at::Tensor& qkv, const at::Tensor& kept, DropoutMask mask,
                     const at::Tensor& of_qkv);

}  // namespace spanlab::bert
