// SPDX-License-Identifier: MIT
#include "bert/bert.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include "spanlab/error.hpp"

namespace spanlab::bert {

Schema bert_schema() {
  Schema schema;
  schema.text("model", "minilm", "name of the pretrained encoder's card, or a folder with config.json, vocab.txt and model.safetensors");
  schema.boolean("frozen", false, "keep the pretrained weights; a frozen encoder has no dropout");
  schema.number("dropout", 0.1, "dropout of states and attention; not set: as config.json says").range(0, 0.9).unset();
  schema.text("casing", "cased", "whether words are lower-cased first; not set: as tokenizer_config.json says").choices({"cased", "uncased"}).unset();
  return schema;
}

namespace {

Config configured(const Parameters& parameters, const EncoderSetup& setup) {
  if (setup.model_folder.empty()) throw Error(ErrorKind::usage, "model", "the encoder 'bert' needs the folder of a pretrained model");
  Config config = read_config(setup.model_folder);
  if (parameters.has("dropout")) config.hidden_dropout_prob = config.attention_probs_dropout_prob = parameters.number("dropout");
  if (parameters.has("casing")) config.uncased = parameters.text("casing") == "uncased";
  return config;
}

}  // namespace

BertEncoder::BertEncoder(const Parameters& parameters, const EncoderSetup& setup)
    : folder_(setup.model_folder), frozen_(parameters.boolean("frozen")) {
  Config config = configured(parameters, setup);
  network_ = register_network(*this, config, read_weights(folder_, config), setup.precision);
  if (frozen_) {
    for (at::Tensor& parameter : this->parameters()) parameter.requires_grad_(false);
  }
  load_vocabulary(folder_);
}

void BertEncoder::load_vocabulary(const std::filesystem::path& folder) {
  std::filesystem::path file = folder / "vocab.txt";
  if (!std::filesystem::exists(file)) return;
  pieces_.emplace(file, network_.config.uncased ? Casing::uncased : Casing::cased);
  if (pieces_->size() != network_.config.vocab_size) {
    throw Error(ErrorKind::data, file.string(), fmt::format("{} pieces do not fit the weights, which have {} rows", pieces_->size(), network_.config.vocab_size));
  }
}

EncodedSentence BertEncoder::encode(const Sentence& sentence) const {
  if (!pieces_) throw Error(ErrorKind::data, (folder_ / "vocab.txt").string(), "is missing: words cannot be cut into pieces");
  if (sentence.words.empty()) throw Error(ErrorKind::data, sentence.id, "the sentence has no words");
  EncodedSentence encoded;
  encoded.ids.push_back(pieces_->begin());
  for (const std::string& word : sentence.words) {
    std::vector<std::int64_t> ids = pieces_->encode(word);
    if (ids.empty()) ids.push_back(pieces_->unknown());
    const std::int64_t begin = static_cast<std::int64_t>(encoded.ids.size());
    encoded.ids.insert(encoded.ids.end(), ids.begin(), ids.end());
    encoded.words.push_back({begin, static_cast<std::int64_t>(encoded.ids.size())});
  }
  encoded.ids.push_back(pieces_->end());
  const std::int64_t units = static_cast<std::int64_t>(encoded.ids.size());
  if (units > network_.config.max_position_embeddings) {
    throw Error(ErrorKind::data, sentence.id, fmt::format("the sentence has {} pieces, the encoder in {} has {} positions", units,
                                                          folder_.string(), network_.config.max_position_embeddings));
  }
  return encoded;
}

Features BertEncoder::forward(const Batch& batch, Pass& pass) {
  std::optional<at::NoGradGuard> no_gradient;
  if (frozen_) no_gradient.emplace();
  Pass quiet{frozen_ ? Mode::evaluation : pass.mode, pass.generator, frozen_ ? nullptr : pass.perturbation};
  return features_of(network_, batch, quiet, workspace_);
}

std::vector<std::string> BertEncoder::sparse_tables() const {
  if (frozen_) return {};
  return {"embeddings.word_embeddings.weight"};
}

}  // namespace spanlab::bert
