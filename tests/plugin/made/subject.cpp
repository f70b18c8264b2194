// SPDX-License-Identifier: MIT
// The plugins that the tests load, one per -D: what a stranger might bring.
#include <cstdlib>
#include <stdexcept>

#include "spanlab/loss.hpp"
#include "spanlab/plugin.hpp"

namespace {

// Static constructors run inside dlopen: the mark shows that the library's code has run.
struct Mark {
  Mark() { setenv("SPANLAB_TEST_MARK", "the plugin's code has run", 1); }
} mark;

class Scaled : public spanlab::Loss {
 public:
  explicit Scaled(double factor) : factor_(factor) {
    if (factor == 13) throw std::runtime_error("thirteen brings bad luck");
  }
  spanlab::LossValues do_forward(const spanlab::LossInput& input) override {
    return {input.scores.sub(input.targets).square().sum(1).mul(factor_), {}};
  }

 private:
  double factor_;
};

spanlab::ComponentInfo info(const char* id) {
  spanlab::Schema schema;
  schema.number("factor", 1, "scale of the squares").range(0, 100);
  return {.id = id, .summary = "scaled squares of all differences", .schema = schema};
}

std::unique_ptr<spanlab::Loss> make(const spanlab::Parameters& parameters, const spanlab::LossSetup&) {
  return std::make_unique<Scaled>(parameters.number("factor"));
}

}  // namespace

SPANLAB_PLUGIN("subject", "1.2", "T. Ester") {
#if defined(THROWS)
  registrar.loss(info("half"), make);
  throw std::runtime_error("no licence for this machine");
#elif defined(THROWS_NUMBER)
  registrar.loss(info("half"), make);
  throw 7;
#elif defined(TWICE)
  registrar.loss(info("scaled"), make);
  registrar.loss(info("scaled"), make);
#elif defined(SUM_WEIGHT)
  spanlab::ComponentInfo own = info("half");
  own.schema.number("sum_weight", 0.5, "its own");
  registrar.loss(own, make);
#else
  registrar.loss(info("scaled"), make);
#endif
}
