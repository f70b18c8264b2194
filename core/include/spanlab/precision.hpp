// SPDX-License-Identifier: MIT
#pragma once

namespace spanlab {

/// Number type of an encoder's matrix products. Weights are trained in single precision whatever it is; sums,
/// norms, softmax and losses are computed in it.
enum class Precision { float32, bf16 };

}  // namespace spanlab
