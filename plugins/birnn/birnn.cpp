// SPDX-License-Identifier: MIT
#include "birnn/birnn.hpp"

#include <ATen/ATen.h>

#include "spanlab/error.hpp"
#include "spanlab/span_ops.hpp"
#include "spanlab/word_shape.hpp"

namespace spanlab::birnn {

namespace {

// Channels of an encoded sentence.
constexpr std::size_t kCharacters = 0;  // of all words, one after another
constexpr std::size_t kLengths = 1;     // characters of each word
constexpr std::size_t kCasing = 2;      // class of each word

/// A table of vectors as a module of its own, so that its parameter is called `<table>.weight`.
struct Table : torch::nn::Module {
  explicit Table(at::Tensor weight) { register_parameter("weight", std::move(weight)); }
};

at::Tensor normal(std::int64_t rows, std::int64_t columns, double deviation, Generator& generator) {
  at::Tensor table = at::empty({rows, columns}, at::kFloat);
  fill_normal(table, deviation, generator);
  return table;
}

}  // namespace

Schema birnn_schema() {
  Schema schema;
  schema.integer("word_size", 100, "numbers of a word's vector; not used where `vectors` names a file")
      .range(1, 4096);
  schema
      .text("vectors", "",
            "file of word vectors in GloVe's text form to begin with, one word a line; a trial counts its "
            "content, not its path")
      .unset()
      .file();
  schema.boolean(
      "train_vectors", true,
      "go on training the `vectors` of the file; Crone (2020, arXiv 2002.06424) keeps them as they are");
  schema
      .text("model", "",
            "a pretrained model whose frozen features of each word stand before the layers, where Crone "
            "(2020) has ELMo's")
      .unset()
      .pretrained();
  schema.text("context", "bert", "the encoder that reads `model`").component(ComponentKind::encoder);
  schema
      .text("mostly_digits", "more_than_half",
            "casing of words like `3rd`: Crone (2020) says more than half digits, a public re-implementation "
            "takes half too")
      .choices({"more_than_half", "from_half"});
  schema.boolean("lower", true, "count words lower-cased; characters and casing keep the case");
  schema
      .integer("least", 2,
               "words seen less often in training are unknown words, so that the unknown word is learned")
      .range(1, 1000);
  schema.integer("character_size", 32, "numbers of a character's vector").range(1, 1024);
  schema
      .integer("character_states", 32, "states per direction of the layer over characters; 0: no characters")
      .range(0, 1024);
  schema.text("cell", "gru", "recurrent cell of all layers").choices({"gru", "lstm"});
  schema.integer("layers", 1, "shared layers over the words").range(0, 8);
  schema.integer("size", 256, "states per direction of a shared layer").range(1, 4096);
  schema.number("dropout", 0.35, "dropout of the input of every shared layer").range(0, 0.9);
  return schema;
}

BirnnEncoder::BirnnEncoder(const Parameters& parameters, const EncoderSetup& setup) {
  const bool stored = !setup.vocabulary.empty();
  if (stored) {
    vocabulary_ = Vocabulary::read(setup.vocabulary);
  } else {
    const std::int64_t least = parameters.integer("least");
    vocabulary_ = Vocabulary::collect(setup.training, parameters.boolean("lower"), least);
  }
  make_word_table(parameters, stored, setup.generator);
  const Cell cell = cell_named(parameters.text("cell"));
  if (parameters.text("mostly_digits") == "from_half") digits_ = MostlyDigits::from_half;
  std::int64_t width = vocabulary_.vector_size + kCasingClasses + (setup.inner ? setup.inner->width() : 0);
  if (const std::int64_t states = parameters.integer("character_states"); states > 0) {
    const std::int64_t size = parameters.integer("character_size");
    auto table = std::make_shared<Table>(normal(vocabulary_.characters(), size, 0.3, setup.generator));
    characters_ = register_module("char", table)->parameters()[0];
    character_layer_ = register_module(
        "char_rnn", std::make_shared<Tower>(TowerSetup{cell, 1, size, states, 0}, setup.generator));
    width += character_layer_->width();
  }
  shared_ = register_module(
      "shared_rnn",
      std::make_shared<Tower>(TowerSetup{cell, parameters.integer("layers"), width,
                                         parameters.integer("size"), parameters.number("dropout")},
                              setup.generator));
}

void BirnnEncoder::make_word_table(const Parameters& parameters, bool stored, Generator& generator) {
  const bool trained = parameters.boolean("train_vectors");
  if (!trained && !parameters.has("vectors")) {
    throw Error(ErrorKind::usage, "train_vectors",
                "expected true, or a file of vectors in `vectors`: random ones would stay random");
  }
  Vectors vectors;
  if (parameters.has("vectors") && !(stored && trained)) vectors = read_vectors(parameters.text("vectors"));
  if (!stored) {
    for (const std::string& word : vectors.words) vocabulary_.add(word);
    vocabulary_.vector_size = vectors.words.empty() ? parameters.integer("word_size") : vectors.size;
  }
  at::Tensor table = normal(vocabulary_.words(), vocabulary_.vector_size, 0.3, generator);
  // What is not trained is not stored: the vectors of words that the file lacks must be the same whenever the
  // model is built.
  if (Generator always(0); !trained) fill_normal(table, 0.3, always);
  for (std::size_t i = 0; i < vectors.words.size(); ++i) {
    if (vocabulary_.vector_size != vectors.size) {
      throw Error(ErrorKind::data, parameters.text("vectors"),
                  "has vectors of another length than the stored model");
    }
    std::copy_n(vectors.values.data() + i * vectors.size, vectors.size,
                table.mutable_data_ptr<float>() + vocabulary_.word(vectors.words[i]) * vectors.size);
  }
  if (!trained) {
    const std::string digest =
        digest_of({table.const_data_ptr<float>(), static_cast<std::size_t>(table.numel())});
    if (stored && !vocabulary_.vectors_digest.empty() && vocabulary_.vectors_digest != digest) {
      throw Error(ErrorKind::data, parameters.text("vectors"),
                  "its vectors are not those that the stored model was trained with");
    }
    vocabulary_.vectors_digest = digest;
  }
  words_ = register_module("word", std::make_shared<Table>(table))->parameters()[0];
  words_.requires_grad_(trained);
}

std::vector<std::string> BirnnEncoder::do_sparse_tables() const {
  if (!words_.requires_grad()) return {};
  return {"word.weight"};
}

EncodedSentence BirnnEncoder::do_encode(const Sentence& sentence) const {
  if (sentence.words.empty()) throw Error(ErrorKind::data, sentence.id, "the sentence has no words");
  EncodedSentence encoded;
  encoded.channels.resize(3);
  for (const std::string& word : sentence.words) {
    const std::int64_t place = static_cast<std::int64_t>(encoded.ids.size());
    const std::vector<std::int64_t> characters = vocabulary_.characters(word);
    encoded.ids.push_back(vocabulary_.word(word));
    encoded.words.push_back({place, place + 1});
    encoded.channels[kCharacters].insert(encoded.channels[kCharacters].end(), characters.begin(),
                                         characters.end());
    encoded.channels[kLengths].push_back(static_cast<std::int64_t>(characters.size()));
    encoded.channels[kCasing].push_back(casing_class(word, digits_));
  }
  return encoded;
}

at::Tensor BirnnEncoder::inputs(const Batch& batch, Pass& pass) {
  std::vector<std::int64_t> characters, casing, offsets{0};
  for (const EncodedSentence* sentence : batch.encoded) {
    const auto& channels = sentence->channels;
    characters.insert(characters.end(), channels[kCharacters].begin(), channels[kCharacters].end());
    casing.insert(casing.end(), channels[kCasing].begin(), channels[kCasing].end());
    for (std::int64_t length : channels[kLengths]) offsets.push_back(offsets.back() + length);
  }
  constexpr bool kScale = false;
  auto index = [&](const std::vector<std::int64_t>& values) {
    return at::tensor(values, batch.ids.options());
  };
  std::vector<at::Tensor> parts{at::embedding(words_, batch.ids, -1, kScale, words_.requires_grad())};
  if (character_layer_) {
    at::Tensor vectors = at::embedding(characters_, index(characters));
    parts.push_back(character_layer_->forward(vectors, offsets, pass).finals);
  }
  parts.push_back(at::one_hot(index(casing), kCasingClasses).to(words_.scalar_type()));
  if (batch.inner) {
    const at::Tensor units = batch.inner->features.units.to(words_.scalar_type());
    parts.push_back(word_means(batch.inner->batch, units));
  }
  return at::cat(parts, 1);
}

Features BirnnEncoder::do_forward(const Batch& batch, Pass& pass) {
  TowerOutput output = shared_->forward(pass.embedded(inputs(batch, pass)), batch.unit_offsets, pass);
  if (output.finals.defined()) return {output.units, output.finals};
  std::vector<std::int64_t> ranges;
  for (std::int64_t s = 0; s < batch.size(); ++s)
    ranges.insert(ranges.end(), {batch.unit_offsets[s], batch.unit_offsets[s + 1]});
  return {output.units, max_over_rows(output.units, at::tensor(ranges, batch.ids.options()).view({-1, 2}))};
}

}  // namespace spanlab::birnn
