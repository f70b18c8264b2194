// SPDX-License-Identifier: MIT
#include "contract/made_model.hpp"

#include <ATen/ATen.h>

#include "contract/outcome.hpp"
#include "files/files.hpp"
#include "model/setup.hpp"
#include "spanlab/error.hpp"
#include "spanlab/span_ops.hpp"

namespace spanlab::host::suite {

namespace {

constexpr std::int64_t kWidth = 16, kInner = 24, kLayers = 2, kPositions = 64;

constexpr const char* kPieces[] = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "mill", "##s",   "##er",
                                   "old",   "the",   "river", "ada",   "lives",  "in",   "paris", "."};

constexpr const char* kConfiguration = R"({{"model_type": "bert", "hidden_act": "gelu", "hidden_size": {},
"num_hidden_layers": {}, "num_attention_heads": 2, "intermediate_size": {}, "vocab_size": {},
"max_position_embeddings": {}, "type_vocab_size": 2, "hidden_dropout_prob": 0.1,
"attention_probs_dropout_prob": 0.2}}
)";

class Weights {
 public:
  void add(const std::string& name, at::IntArrayRef shape) {
    at::Tensor weight = at::empty(shape);
    fill_normal(weight, 0.2, generator_);
    tensors[name] = weight;
  }
  void add_affine(const std::string& name, at::IntArrayRef shape) {
    add(name + ".weight", shape);
    add(name + ".bias", {shape[0]});
  }
  void add_layer(const std::string& layer) {
    for (const char* part : {"self.query", "self.key", "self.value", "output.dense"})
      add_affine(layer + "attention." + part, {kWidth, kWidth});
    add_affine(layer + "attention.output.LayerNorm", {kWidth});
    add_affine(layer + "intermediate.dense", {kInner, kWidth});
    add_affine(layer + "output.dense", {kWidth, kInner});
    add_affine(layer + "output.LayerNorm", {kWidth});
  }

  NamedTensors tensors;

 private:
  Generator generator_{11};
};

std::filesystem::path made_folder(const std::filesystem::path& scratch) { return scratch / "model"; }

std::shared_ptr<Encoder> encoder_over(const PretrainedModel& model, const Subject& subject,
                                      const Order& order) {
  Configuration configuration;
  configuration.encoder = subject.setting(order);
  configuration.train.precision = order.precision;
  const Scene training(1, Shape::ordinary);
  Generator generator(order.seed);
  ModelSetup setup{.configuration = configuration,
                   .registry = subject.around.registry,
                   .labels = {},
                   .model = model,
                   .training = {},
                   .vocabulary = order.vocabulary ? *order.vocabulary : "",
                   .generator = generator,
                   .context = subject.around.trial};
  if (!order.vocabulary) setup.training = training.sentences;
  return build_encoder(setup);
}

// For an encoder that reads models of another form than the made-up one.
PretrainedModel named_model(const std::string& name, const CardIndex& cards, const Error& refusal) {
  const std::vector<std::string> known = cards.model_names();
  const std::string why = refusal.problems().front().message;
  if (std::ranges::find(known, name) == known.end())
    pass_over("it cannot read a model of BERT's form, and there is no card of its own '{}': {}", name, why);
  try {
    return cards.pretrained(cards.model(name));
  } catch (const Error&) {
    pass_over("it cannot read a model of BERT's form, and its own '{}' is not at hand: {}", name, why);
  }
}

}  // namespace

void write_made_model(const std::filesystem::path& scratch) {
  const std::filesystem::path folder = made_folder(scratch);
  std::filesystem::create_directory(folder);
  std::string vocabulary;
  for (const char* piece : kPieces) vocabulary += std::string(piece) + '\n';
  replace_file(folder / "vocab.txt", vocabulary, Durability::quick);
  const auto pieces = static_cast<std::int64_t>(std::size(kPieces));
  replace_file(folder / "config.json",
               fmt::format(kConfiguration, kWidth, kLayers, kInner, pieces, kPositions), Durability::quick);
  Weights weights;
  weights.add("embeddings.word_embeddings.weight", {pieces, kWidth});
  weights.add("embeddings.position_embeddings.weight", {kPositions, kWidth});
  weights.add("embeddings.token_type_embeddings.weight", {2, kWidth});
  weights.add_affine("embeddings.LayerNorm", {kWidth});
  for (std::int64_t i = 0; i < kLayers; ++i) weights.add_layer(fmt::format("encoder.layer.{}.", i));
  write_tensors(folder / "model.safetensors", weights.tensors);
}

std::shared_ptr<Encoder> made_encoder(const Subject& subject, const Order& order) {
  const std::string name = model_of(subject.around.registry, subject.setting(order));
  if (name.empty()) return encoder_over({}, subject, order);
  try {
    return encoder_over(made_folder(subject.around.scratch), subject, order);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::data) throw;
    return encoder_over(named_model(name, subject.around.cards, error), subject, order);
  }
}

}  // namespace spanlab::host::suite
