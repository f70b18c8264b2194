// SPDX-License-Identifier: MIT
#include "settings/train_settings.hpp"

#include <limits>

namespace spanlab::host {

namespace {

const ChoiceNames<Precision>& precision_names() {
  static const ChoiceNames<Precision> names{{"float32", Precision::float32}, {"bf16", Precision::bf16}};
  return names;
}

Binding<TrainSettings> make_binding() {
  constexpr double kAny = std::numeric_limits<double>::infinity();
  Binding<TrainSettings> b;
  b.add("epochs", &TrainSettings::epochs,
        "passes over the training sentences; the model after the last one is scored")
      .range(1, 1e6);
  b.add("batch", &TrainSettings::batch, "sentences per step; an incomplete last batch is dropped")
      .range(1, 1e6)
      .unit("sentences");
  b.add("lr", &TrainSettings::lr, "highest learning rate").range(0, kAny);
  b.add("warmup", &TrainSettings::warmup, "share of all steps over which the rate rises from 0").range(0, 1);
  b.add("schedule", &TrainSettings::schedule, {{"linear", Decay::linear}, {"constant", Decay::none}},
        "after the warm-up: the rate falls to 0 over the other steps (SpERT), or stays (Crone 2020, "
        "arXiv 2002.06424, which has no warm-up either)");
  b.add("weight_decay", &TrainSettings::weight_decay, "decay of weights, except biases and layer norms")
      .range(0, kAny);
  b.add("clip", &TrainSettings::clip, "largest norm of all gradients together; 0: no limit").range(0, kAny);
  b.add("optimizer", &TrainSettings::optimizer,
        {{"bert_adamw", UpdateRule::bert_adamw}, {"torch_adamw", UpdateRule::torch_adamw}},
        "`bert_adamw`: AdamW without bias correction, as SpERT was published; `torch_adamw`: with "
        "it, as PyTorch has it; without weight decay that is Adam");
  b.add("adversarial_norm", &TrainSettings::adversarial_norm,
        "how far the embeddings of a sentence are moved for adversarial training; 0: there is none")
      .range(0, kAny);
  b.add("adversarial_steps", &TrainSettings::adversarial_steps,
        "equal steps in which they are moved, each along the gradient found after the one before")
      .range(1, 100);
  b.add("keep", &TrainSettings::keep, {{"last", Keep::last}, {"none", Keep::none}},
        "whether the trained weights stay after the trial")
      .outside_identity();
  b.add("check", &TrainSettings::check,
        "whether every number that a component gives is looked at: a trial ends at the first that is not "
        "finite, with the component's name; slower, with the same results")
      .outside_identity()
      .since("0.3.0");
  b.add("precision", &TrainSettings::precision, precision_names(),
        "number type of the encoder's products: with `bf16` they read rounded copies of the weights; "
        "weights, sums, norms and losses stay in single precision");
  return b;
}

}  // namespace

const Binding<TrainSettings>& train_binding() {
  static const Binding<TrainSettings> binding = make_binding();
  return binding;
}

const std::string& to_text(Precision precision) { return name_of(precision_names(), precision); }

}  // namespace spanlab::host
