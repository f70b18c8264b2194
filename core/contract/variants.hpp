// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "spanlab/parameters.hpp"

// How a component can be set, as far as its schema says it.

namespace spanlab::host::suite {

/// What stands for the name of the suite's own pretrained model.
inline constexpr const char* kMadeModel = "made-up";

/// How far from the defaults.
enum class Reach {
  defaults,  ///< the defaults themselves
  one,       ///< one parameter has another value
  two,       ///< two have
  end        ///< one stands at an end of its range
};

/// One setting of a component.
struct Variant {
  std::string name;  ///< what is not as by default, as `form = "sigmoid"`; empty for the defaults
  Parameters parameters;
  Reach reach = Reach::defaults;
};

/// The defaults; every other value of one parameter; of each two parameters every pair of them; both ends of
/// each range, and of lists of numbers each number there. The values of a text or list are its choices, each
/// alone and for a list all together; of a pretrained model that is not
/// set, the suite's own; of a number whose default stands at an end of its range or is not set,
/// one inside. No two are the same, and those nearest to the defaults come first.
SPANLAB_API std::vector<Variant> variants(const Schema& schema);

}  // namespace spanlab::host::suite
