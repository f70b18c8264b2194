// SPDX-License-Identifier: MIT
#include "spanlab/loss.hpp"

#include "sdk/answers.hpp"

namespace spanlab {

Loss::~Loss() = default;

bool Loss::do_accepts(std::int64_t columns, std::int64_t types) const { return columns == types; }

LossValues Loss::forward(const LossInput& input) {
  const Call call(context(), "forward");
  LossValues values = call([&] { return do_forward(input); });
  check_loss(call, input, values);
  return values;
}

bool Loss::accepts(std::int64_t columns, std::int64_t types) const {
  const Call call(context(), "accepts");
  return call([&] { return do_accepts(columns, types); });
}

}  // namespace spanlab
