// SPDX-License-Identifier: MIT
// Two plugins, TWIN=1 and TWIN=2, whose classes, functions and variables have the same names and are not the
// same.
#include "spanlab/loss.hpp"
#include "spanlab/plugin.hpp"

namespace twin {

inline int made = 0;  // the loader knows one such variable in all libraries, unless it is hidden

inline double factor() { return TWIN; }

template <typename T>
struct Kept {
  static inline T value = T(10 * TWIN);
};

class Scaled : public spanlab::Loss {
 public:
#if TWIN == 2
  virtual double first_in_the_table() const { return 200; }
  double padding[8] = {};
#endif
  Scaled() { ++made; }
  virtual double offset() const { return 100 * TWIN; }

  spanlab::LossValues do_forward(const spanlab::LossInput& input) override {
    const double sum = factor() + Kept<double>::value + offset();
    return {input.scores.new_full({input.scores.size(0)}, sum * 1000 + made), {}};
  }
};

}  // namespace twin

SPANLAB_PLUGIN("twin", "1.0", "T. Ester") {
  registrar.loss(
      {.id = TWIN == 1 ? "first" : "second", .summary = "a twin"},
      [](const spanlab::Parameters&, const spanlab::LossSetup&) { return std::make_unique<twin::Scaled>(); });
}
