// SPDX-License-Identifier: MIT
#include "spanlab/batch.hpp"

#include <ATen/ATen.h>

namespace spanlab {

at::Tensor Pass::embedded(const at::Tensor& embeddings) {
  if (!perturbation) return embeddings;
  // Where nothing of the embeddings is trained, the gradient ends here.
  perturbation->seen = embeddings.requires_grad() ? embeddings : embeddings.detach().requires_grad_();
  if (perturbation->seen.requires_grad() && !perturbation->seen.is_leaf()) perturbation->seen.retain_grad();
  return perturbation->added.defined() ? perturbation->seen + perturbation->added : perturbation->seen;
}

Batch make_batch(std::span<const Item> items, at::Device device) {
  Batch batch;
  batch.unit_offsets.push_back(0);
  batch.word_offsets.push_back(0);
  std::vector<std::int64_t> ids, positions;
  for (const Item& item : items) {
    const std::int64_t first = batch.unit_offsets.back();
    batch.sentences.push_back(item.sentence);
    batch.encoded.push_back(item.encoded);
    ids.insert(ids.end(), item.encoded->ids.begin(), item.encoded->ids.end());
    for (std::size_t i = 0; i < item.encoded->ids.size(); ++i) {
      positions.push_back(static_cast<std::int64_t>(i));
    }
    for (const Rows& word : item.encoded->words) {
      batch.word_units.push_back({first + word.begin, first + word.end});
    }
    batch.unit_offsets.push_back(static_cast<std::int64_t>(ids.size()));
    batch.word_offsets.push_back(static_cast<std::int64_t>(batch.word_units.size()));
  }
  batch.ids = at::tensor(ids, at::kLong).to(device);
  batch.positions = at::tensor(positions, at::kLong).to(device);
  return batch;
}

at::Tensor word_means(const Batch& batch, const at::Tensor& units) {
  std::vector<std::int64_t> rows, words;
  for (std::size_t word = 0; word < batch.word_units.size(); ++word) {
    for (std::int64_t unit = batch.word_units[word].begin; unit < batch.word_units[word].end; ++unit) {
      rows.push_back(unit);
      words.push_back(static_cast<std::int64_t>(word));
    }
  }
  const at::Tensor word_of_unit = at::tensor(words, batch.ids.options());
  const auto count = static_cast<std::int64_t>(batch.word_units.size());
  const at::Tensor sums =
      at::zeros({count, units.size(1)}, units.options())
          .index_add_(0, word_of_unit, units.index_select(0, at::tensor(rows, batch.ids.options())));
  return sums / at::bincount(word_of_unit, {}, count).unsqueeze(1);
}

}  // namespace spanlab
