// SPDX-License-Identifier: MIT
#include <ATen/ATen.h>

#include "crf_nll/kernel.hpp"
#include "spanlab/error.hpp"
#include "spanlab/loss.hpp"
#include "spanlab/plugin.hpp"

namespace spanlab {

namespace {

Schema schema() {
  return Schema()
      .text("partition", "all",
            "the tag sequences that the gold one is compared with: all, as the usual CRF layers train, or "
            "only legal ones (I-X after B-X or "
            "I-X, never first)")
      .choices({"all", "legal"});
}

/// One value per sentence: -log p(gold tags) under the head's emissions and transitions.
class CrfLoss : public Loss {
 public:
  CrfLoss(const Parameters& parameters, const LossSetup& setup)
      : sequences_(parameters.text("partition") == "all" ? Sequences::all : Sequences::legal) {
    if (setup.kind != HeadKind::words) {
      throw Error(ErrorKind::usage, "",
                  "loss 'crf_nll' compares tags of words; expected a tagging head such as 'crf'");
    }
  }

  LossValues do_forward(const LossInput& input) override {
    const at::Tensor tags = at::where(input.hard.amax(1) > 0, input.hard.argmax(1) + 1, 0);
    const auto output = [&](const char* name) { return of_head(input.outputs, name); };
    return {crf_nll({input.scores, output("transitions"), output("start"), output("end")}, tags,
                    input.candidates.offsets, sequences_),
            {},
            {}};
  }

  bool do_accepts(std::int64_t columns, std::int64_t types) const override { return columns == types + 1; }

 private:
  static const at::Tensor& of_head(const Outputs& outputs, const std::string& name) {
    const auto found = outputs.find(name);
    if (found != outputs.end()) return found->second;
    throw Error(
        ErrorKind::usage, "",
        "loss 'crf_nll' needs the head's transition scores; expected the head 'crf', not one without '" +
            name + "'");
  }

  Sequences sequences_;
};

}  // namespace

}  // namespace spanlab

SPANLAB_PLUGIN("crf_nll", "0.1.0", "the Spanlab authors") {
  using namespace spanlab;
  registrar.loss(
      {"crf_nll", "negative log-likelihood of a sentence's tags under a linear-chain CRF", schema(), 1},
      [](const Parameters& parameters, const LossSetup& setup) {
        return std::make_unique<CrfLoss>(parameters, setup);
      });
}
