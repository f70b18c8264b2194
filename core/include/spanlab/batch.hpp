// SPDX-License-Identifier: MIT
#pragma once

#include <ATen/core/Tensor.h>
#include <c10/core/Device.h>

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "spanlab/annotation.hpp"
#include "spanlab/export.hpp"
#include "spanlab/generator.hpp"

namespace spanlab {

/// A half-open range of rows.
struct Rows {
  std::int64_t begin = 0;
  std::int64_t end = 0;
  friend bool operator==(const Rows&, const Rows&) = default;
};

/// A sentence as its encoder reads it, made once per data set. Units are pieces (`[CLS]` first, `[SEP]` last)
/// or words.
struct EncodedSentence {
  std::vector<std::int64_t> ids;  ///< one per unit
  std::vector<Rows> words;        ///< the units of each word, never empty ranges
  /// Whatever else the encoder wants to keep (characters, casing, …).
  std::vector<std::vector<std::int64_t>> channels;
  /// For the host: as the encoder's inner encoder reads it; null if there is none.
  std::shared_ptr<EncodedSentence> inner;
  /// For the host: what a frozen encoder makes of it, where that is known already.
  at::Tensor states;   ///< [units,H]
  at::Tensor summary;  ///< [1,H] of the whole sentence
};

/// A sentence and how the model's encoder reads it.
struct Item {
  const Sentence* sentence = nullptr;
  const EncodedSentence* encoded = nullptr;
};

struct InnerBatch;

/// Sentences end to end, without padding: U units, W words, S sentences.
struct Batch {
  std::vector<const Sentence*> sentences;
  std::vector<const EncodedSentence*> encoded;
  std::vector<std::int64_t> unit_offsets;  ///< [S+1]
  std::vector<std::int64_t> word_offsets;  ///< [S+1]
  std::vector<Rows> word_units;            ///< [W] units of each word, counted in the batch
  at::Tensor ids;                          ///< [U] int64
  at::Tensor positions;                    ///< [U] int64, from 0 in each sentence
  /// What the encoder's inner encoder makes of the same sentences; null if it has none.
  std::shared_ptr<const InnerBatch> inner;

  std::int64_t size() const { return static_cast<std::int64_t>(sentences.size()); }
};

/// Lays sentences end to end. Tensors go to `device`; the items must outlive the batch.
SPANLAB_API Batch make_batch(std::span<const Item> items, at::Device device = at::kCPU);

/// What an encoder makes of a batch.
struct Features {
  at::Tensor units;      ///< [U,H]
  at::Tensor sentences;  ///< [S,H] one vector per sentence, such as the state of `[CLS]`
};

/// A batch as an inner encoder reads it, with its features.
struct InnerBatch {
  Batch batch;
  Features features;
};

/// [W,H] the mean over the units of each word.
SPANLAB_API at::Tensor word_means(const Batch& batch, const at::Tensor& units);

/// Training draws dropout masks and samples; evaluation must not use the generator, nor change anything of
/// the component: threads evaluate batches of their own with the same one.
enum class Mode { training, evaluation };

/// What adversarial training adds to the embeddings of a batch, and what it saw of them.
struct Perturbation {
  at::Tensor added;  ///< [U,D]; undefined: nothing
  /// [U,D] the embeddings as the encoder went on with them, in the graph; undefined before the forward pass.
  at::Tensor seen;
};

/// What every forward pass is told.
struct Pass {
  Mode mode;
  Generator& generator;
  Perturbation* perturbation = nullptr;  ///< null except in adversarial training
  bool training() const { return mode == Mode::training; }

  /// The embeddings [U,D] that the encoder shall go on with. An encoder that is to be trained adversarially
  /// sends through here what it makes of the units before its first layer.
  SPANLAB_API at::Tensor embedded(const at::Tensor& embeddings);
};

}  // namespace spanlab
