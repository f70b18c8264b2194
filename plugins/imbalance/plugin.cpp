// SPDX-License-Identifier: MIT
#include <ATen/ATen.h>

#include "imbalance/kernels.hpp"
#include "spanlab/overlap_weight.hpp"
#include "spanlab/plugin.hpp"

namespace spanlab {

namespace {

/// How a form compares an output with targets: one softmax over the types (and "none" before them), or a
/// sigmoid per column, where one column for several types asks whether there is any.
bool fits(Form form, std::int64_t columns, std::int64_t types) {
  return columns == types || columns == (form == Form::softmax ? types + 1 : 1);
}

at::Tensor wanted(Form form, const at::Tensor& targets, std::int64_t columns) {
  if (form == Form::softmax) return with_none(targets, columns);
  return columns == targets.size(1) ? targets : targets.amax(1, /*keepdim=*/true);
}

/// -Σ q_k (1-p_k)^γ log p_k per entry, both classes of a sigmoid together: [N,K].
at::Tensor entries(const at::Tensor& scores, const at::Tensor& q, Form form, double gamma,
                   const at::Tensor& present, const at::Tensor& absent) {
  const at::Tensor terms = present * q * focal_terms(scores, form, gamma);
  return form == Form::softmax ? terms : terms + absent * (1 - q) * focal_terms(-scores, form, gamma);
}

at::Tensor over_columns(const at::Tensor& terms, Form form) {
  return form == Form::softmax ? terms.sum(1) : terms.mean(1);
}

Form form_of(const std::string& name) {
  return name.ends_with("softmax") || name == "cross_entropy" ? Form::softmax : Form::sigmoid;
}

Schema focal_schema() {
  Schema schema;
  schema
      .text("form", "softmax",
            "one softmax over the types and none, or a sigmoid per column; must suit the head's output")
      .choices({"softmax", "sigmoid"})
      .number("gamma", 2,
              "how much less an easy candidate counts; 0 is cross-entropy. 2 is the best value of Lin et al. "
              "2017")
      .range(0, 10)
      .number("alpha", 0.25,
              "factor of what is there (the types; 1 - alpha for none and for absent types); not set: 1 for "
              "both, since what it balances is to be compared with class weights")
      .unset()
      .range(0, 1);
  return OverlapWeight::declare(schema, Since::later);
}

class Focal : public Loss {
 public:
  Focal(const Parameters& parameters, const LossSetup& setup)
      : form_(form_of(parameters.text("form"))),
        gamma_(parameters.number("gamma")),
        overlap_(parameters, setup.kind) {
    if (!parameters.has("alpha")) return;
    present_ = parameters.number("alpha");
    absent_ = 1 - present_;
  }

  LossValues do_forward(const LossInput& input) override {
    const at::Tensor q = wanted(form_, input.targets, input.scores.size(1));
    at::Tensor present = at::full({input.scores.size(1)}, present_, input.scores.options());
    if (form_ == Form::softmax && input.scores.size(1) > input.targets.size(1)) {
      present.select(0, 0).fill_(absent_);
    }
    const at::Tensor terms =
        entries(input.scores, q, form_, gamma_, present, at::full({}, absent_, present.options()));
    return overlap_.scaled({over_columns(terms, form_), {}, {}}, input);
  }

  bool do_accepts(std::int64_t columns, std::int64_t types) const override {
    return fits(form_, columns, types);
  }

 private:
  Form form_;
  double gamma_;
  double present_ = 1;
  double absent_ = 1;
  OverlapWeight overlap_;
};

Schema class_balanced_schema() {
  Schema schema;
  schema.text("base", "cross_entropy", "the loss that is weighted; must suit the head's output")
      .choices({"cross_entropy", "bce", "focal_softmax", "focal_sigmoid"})
      .number("beta", 0.999,
              "0: all classes alike, towards 1: by inverse frequency. Cui et al. 2019 choose among 0.9, "
              "0.99, 0.999 and 0.9999")
      .range(0, 0.999999)
      .number("gamma", 2, "of the focal bases: how much less an easy candidate counts (Lin et al. 2017)")
      .range(0, 10)
      .text("weights_per", "candidate",
            "for bce and focal_sigmoid: a candidate's value times the weight of its types (their mean; none "
            "has one too), as Cui et al. weigh "
            "samples, or each type's term times that type's weight")
      .choices({"candidate", "type"});
  return OverlapWeight::declare(schema, Since::later);
}

class ClassBalanced : public Loss {
 public:
  ClassBalanced(const Parameters& parameters, const LossSetup& setup)
      : form_(form_of(parameters.text("base"))),
        gamma_(parameters.text("base").starts_with("focal") ? parameters.number("gamma") : 0),
        per_type_(form_ == Form::sigmoid && parameters.text("weights_per") == "type"),
        overlap_(parameters, setup.kind) {
    std::vector<std::int64_t> counts = setup.counts ? setup.counts() : std::vector<std::int64_t>();
    if (counts.empty()) {
      counts.assign(static_cast<std::size_t>(setup.types) + 1, 1);  // a stored model is not trained
    }
    if (per_type_ || (form_ == Form::softmax && setup.columns == setup.types)) counts.erase(counts.begin());
    weights_ = at::tensor(class_weights(counts, parameters.number("beta")), at::kDouble);
  }

  LossValues do_forward(const LossInput& input) override { return overlap_.scaled(balanced(input), input); }

  bool do_accepts(std::int64_t columns, std::int64_t types) const override {
    return fits(form_, columns, types) && !(per_type_ && columns != types);
  }

 private:
  LossValues balanced(const LossInput& input) const {
    const at::Tensor weights = weights_.to(input.scores.options());
    const at::Tensor q = wanted(form_, input.targets, input.scores.size(1));
    const at::Tensor one = at::ones({}, input.scores.options());
    const at::Tensor terms = entries(input.scores, q, form_, gamma_, one, one);
    if (per_type_) return {over_columns(terms * weights, form_), {}, {}};
    // Of the types and, where they leave something of 1, of none; a softmax weighs every class's share of the
    // targets.
    const at::Tensor shares = form_ == Form::softmax ? q : shares_of(input.targets);
    const at::Tensor values = over_columns(terms, form_);
    return {values * (shares * weights).sum(1), {{"unscaled", values.detach()}}, {}};
  }

  static at::Tensor shares_of(const at::Tensor& targets) {
    const at::Tensor sum = targets.sum(1, /*keepdim=*/true);
    return at::cat({(1 - sum).clamp_min(0), targets / sum.clamp_min(1)}, 1);
  }

  Form form_;
  double gamma_;
  bool per_type_;
  OverlapWeight overlap_;
  at::Tensor weights_;
};

}  // namespace

}  // namespace spanlab

SPANLAB_PLUGIN("imbalance", "0.1.0", "the Spanlab authors") {
  using namespace spanlab;
  registrar.loss(
      {"focal", "cross-entropy or binary cross-entropy that counts easy candidates less", focal_schema(), 1},
      [](const Parameters& parameters, const LossSetup& setup) {
        return std::make_unique<Focal>(parameters, setup);
      });
  registrar.loss({"class_balanced", "a loss weighted by the effective number of each class's candidates",
                  class_balanced_schema(), 1},
                 [](const Parameters& parameters, const LossSetup& setup) {
                   return std::make_unique<ClassBalanced>(parameters, setup);
                 });
}
