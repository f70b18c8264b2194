// SPDX-License-Identifier: MIT
#include "spanlab/module.hpp"

#include <algorithm>

namespace spanlab {

Module::~Module() = default;

at::Tensor Module::no_decay(at::Tensor weight) {
  without_decay_.push_back(weight);
  return weight;
}

bool Module::has_no_decay(const at::Tensor& weight) const {
  return std::ranges::any_of(without_decay_, [&](const at::Tensor& one) { return one.is_same(weight); });
}

}  // namespace spanlab
