// SPDX-License-Identifier: MIT
#include "spanlab/encoder.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>

#include "sdk/answers.hpp"
#include "sdk/utf8.hpp"

namespace spanlab {

namespace {

bool brings_features(const Batch& batch) {
  return batch.size() > 0 && std::ranges::all_of(batch.encoded, [](const EncodedSentence* sentence) {
           return sentence->states.defined() && sentence->summary.defined();
         });
}

Features brought_features(const Batch& batch) {
  std::vector<at::Tensor> units, sentences;
  for (const EncodedSentence* sentence : batch.encoded) {
    units.push_back(sentence->states);
    sentences.push_back(sentence->summary);
  }
  const at::Device device = batch.ids.device();
  return {at::cat(units).to(device), at::cat(sentences).to(device)};
}

Batch inner_batch(const Call& outer, const Batch& batch) {
  std::vector<Item> items;
  for (std::int64_t s = 0; s < batch.size(); ++s) {
    const EncodedSentence* inner = batch.encoded[s]->inner.get();
    if (!inner) outer.reject("got a sentence without what its inner encoder reads");
    items.push_back({batch.sentences[s], inner});
  }
  return make_batch(items, batch.ids.device());
}

}  // namespace

Encoder::~Encoder() = default;
std::string Encoder::do_vocabulary() const { return {}; }
std::vector<std::string> Encoder::do_sparse_tables() const { return {}; }
std::vector<RoundedWeight> Encoder::do_rounded_weights() const { return {}; }

std::int64_t Encoder::width() const {
  const Call call(context(), "width");
  const std::int64_t width = call([&] { return do_width(); });
  if (width < 1) call.reject(fmt::format("gave {}, expected at least 1", width));
  return width;
}

EncodedSentence Encoder::encode(const Sentence& sentence) const {
  const Call call(context(), "encode");
  EncodedSentence encoded = call([&] { return do_encode(sentence); });
  check_encoding(call, sentence, encoded);
  if (inner_) encoded.inner = std::make_shared<EncodedSentence>(inner_->encode(sentence));
  return encoded;
}

Features Encoder::forward(const Batch& batch, Pass& pass) {
  if (!is_frozen_) return computed(batch, pass);
  if (brings_features(batch)) return brought_features(batch);
  const at::NoGradGuard no_gradient;
  Pass quiet{Mode::evaluation, pass.generator};
  return computed(batch, quiet);
}

Features Encoder::computed(const Batch& batch, Pass& pass) {
  const Call call(context(), "forward");
  Batch with_inner;
  if (inner_) {
    with_inner = batch;
    Batch inner = inner_batch(call, batch);
    Features features = inner_->forward(inner, pass);
    with_inner.inner = std::make_shared<const InnerBatch>(InnerBatch{std::move(inner), std::move(features)});
  }
  Features features = call([&] { return do_forward(inner_ ? with_inner : batch, pass); });
  check_features(call, features, batch, width(), parameters());
  return features;
}

std::string Encoder::vocabulary() const {
  const Call call(context(), "vocabulary");
  std::string text = call([&] { return do_vocabulary(); });
  if (valid_utf8(text) != text) call.reject("gave a text that is not UTF-8");
  return text;
}

std::vector<std::string> Encoder::sparse_tables() const {
  if (is_frozen_) return {};
  const Call call(context(), "sparse_tables");
  return call([&] { return do_sparse_tables(); });
}

std::vector<RoundedWeight> Encoder::rounded_weights() const {
  const Call call(context(), "rounded_weights");
  return call([&] { return do_rounded_weights(); });
}

void Encoder::freeze() {
  is_frozen_ = true;
  for (at::Tensor& parameter : parameters()) parameter.requires_grad_(false);
}

void Encoder::take_inner(const std::string& name, std::shared_ptr<Encoder> inner) {
  inner_ = register_module(name, std::move(inner));
}

Encoder* Encoder::frozen() {
  if (is_frozen_) return this;
  return inner_ ? inner_->frozen() : nullptr;
}

}  // namespace spanlab
