// SPDX-License-Identifier: MIT
#pragma once

namespace spanlab {

/// What a component is; the names in scripts and files are `encoder`, `head`, `loss`, `sampler`, `labeler`,
/// `reader`.
enum class ComponentKind { encoder, head, loss, sampler, labeler, reader };

}  // namespace spanlab
