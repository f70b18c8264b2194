// SPDX-License-Identifier: MIT
#include "bert/bert.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include "spanlab/error.hpp"

namespace spanlab::bert {

Schema bert_schema() {
  Schema schema;
  schema
      .text("model", "minilm",
            "name of the pretrained encoder's card: `data list` shows them; datasets/models/README.md says "
            "how to write one")
      .pretrained();
  schema.boolean("frozen", false, "keep the pretrained weights; a frozen encoder has no dropout").frozen();
  schema.number("dropout", 0.1, "dropout of states and attention; not set: as config.json says")
      .range(0, 0.9)
      .unset();
  schema
      .text("casing", "cased",
            "whether words are lower-cased first; not set: as the card and the files that it names say")
      .choices({"cased", "uncased"})
      .unset();
  return schema;
}

namespace {

Config configured(const Parameters& parameters, const EncoderSetup& setup) {
  if (setup.model.folder.empty()) {
    throw Error(ErrorKind::usage, "model", "the encoder 'bert' needs the folder of a pretrained model");
  }
  Config config = read_config(setup.model);
  if (parameters.has("dropout")) {
    config.hidden_dropout_prob = config.attention_probs_dropout_prob = parameters.number("dropout");
  }
  return config;
}

}  // namespace

BertEncoder::BertEncoder(const Parameters& parameters, const EncoderSetup& setup)
    : folder_(setup.model.folder) {
  Config config = configured(parameters, setup);
  network_ = register_network(*this, config, read_weights(setup.model, config), setup.precision);
  for (const at::Tensor& parameter : this->parameters()) {
    if (parameter.dim() == 1) no_decay(parameter);  // biases and layer norms
  }
  std::optional<Casing> casing;
  if (parameters.has("casing")) {
    casing = parameters.text("casing") == "uncased" ? Casing::uncased : Casing::cased;
  }
  load_vocabulary(setup.model, casing);
}

void BertEncoder::load_vocabulary(const PretrainedModel& model, std::optional<Casing> casing) {
  if (model.card.empty() && !std::filesystem::exists(model.folder / "vocab.txt")) return;
  pieces_.emplace(read_word_piece(model, casing));
  // Rows without a piece are never read; many released models leave room, or round the number up.
  if (pieces_->size() > network_.config.vocab_size) {
    throw Error(ErrorKind::data, (model.folder / "vocab.txt").string(),
                fmt::format("has {} pieces, but config.json and the weights have {} rows: one of them "
                            "belongs to another model",
                            pieces_->size(), network_.config.vocab_size));
  }
}

EncodedSentence BertEncoder::do_encode(const Sentence& sentence) const {
  if (!pieces_) {
    throw Error(ErrorKind::data, (folder_ / "vocab.txt").string(),
                "is missing: words cannot be cut into pieces");
  }
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
    throw Error(ErrorKind::data, sentence.id,
                fmt::format("the sentence has {} pieces, the encoder in {} has {} positions", units,
                            folder_.string(), network_.config.max_position_embeddings));
  }
  if (const auto most = pieces_->rules().most_pieces; units > most.value_or(units)) {
    throw Error(
        ErrorKind::data, sentence.id,
        fmt::format(
            "the sentence has {} pieces, the tokenizer of the encoder in {} allows {} (model_max_length)",
            units, folder_.string(), *most));
  }
  return encoded;
}

Features BertEncoder::do_forward(const Batch& batch, Pass& pass) {
  return features_of(network_, batch, pass, workspace_);
}

std::vector<std::string> BertEncoder::do_sparse_tables() const {
  return {"embeddings.word_embeddings.weight"};
}

}  // namespace spanlab::bert
