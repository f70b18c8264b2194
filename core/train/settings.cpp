// SPDX-License-Identifier: MIT
#include "train/settings.hpp"

#include <limits>

#include "plugin/configuration.hpp"
#include "train/trial.hpp"

namespace spanlab {

const Schema& train_schema() {
  constexpr double kAny = std::numeric_limits<double>::infinity();
  static const Schema schema =
      Schema()
          .integer("epochs", 20, "passes over the training sentences; the model after the last one is scored")
          .range(1, 1e6)
          .integer("batch", 2, "sentences per step; an incomplete last batch is dropped")
          .range(1, 1e6)
          .unit("sentences")
          .number("lr", 5e-5, "highest learning rate")
          .range(0, kAny)
          .number("warmup", 0.1, "share of all steps over which the rate rises from 0")
          .range(0, 1)
          .text("schedule", "linear",
                "after the warm-up: the rate falls to 0 over the other steps (SpERT), or stays (Crone 2020, "
                "arXiv "
                "2002.06424, which has no warm-up either)")
          .choices({"linear", "constant"})
          .number("weight_decay", 0.01, "decay of weights, except biases and layer norms")
          .range(0, kAny)
          .number("clip", 1.0, "largest norm of all gradients together; 0: no limit")
          .range(0, kAny)
          .text("optimizer", "bert_adamw",
                "`bert_adamw`: AdamW without bias correction, as SpERT was published; `torch_adamw`: with "
                "it, as PyTorch has it; without weight decay that is Adam")
          .choices({"bert_adamw", "torch_adamw"})
          .number("adversarial_norm", 0.0,
                  "how far the embeddings of a sentence are moved for adversarial training; 0: there is none")
          .range(0, kAny)
          .integer("adversarial_steps", 1,
                   "equal steps in which they are moved, each along the gradient found after the one before")
          .range(1, 100)
          .text("keep", "last", "whether the trained weights stay after the trial")
          .choices({"last", "none"})
          .outside_identity()
          .text("precision", "float32",
                "number type of the encoder's products: with `bf16` they read rounded copies of the weights; "
                "weights, sums, norms and "
                "losses stay in single precision")
          .choices({"float32", "bf16"});
  return schema;
}

TrainSettings read_train_settings(const nlohmann::json& configuration) {
  const Parameters train = read_parameters(train_schema(), configuration.at("train"), "train");
  TrainSettings settings;
  settings.epochs = train.integer("epochs");
  settings.batch = train.integer("batch");
  settings.rate = train.number("lr");
  settings.warmup = train.number("warmup");
  settings.decay = train.text("schedule") == "constant" ? Decay::none : Decay::linear;
  settings.optimizer.rule =
      train.text("optimizer") == "torch_adamw" ? UpdateRule::torch_adamw : UpdateRule::bert_adamw;
  settings.optimizer.weight_decay = train.number("weight_decay");
  settings.optimizer.max_norm = train.number("clip");
  settings.adversary = {train.number("adversarial_norm"), train.integer("adversarial_steps")};
  settings.keep = train.text("keep") == "none" ? Keep::none : Keep::last;
  return settings;
}

}  // namespace spanlab
