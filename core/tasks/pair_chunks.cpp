// SPDX-License-Identifier: MIT
#include "tasks/pair_chunks.hpp"

#include <algorithm>
#include <cmath>

namespace spanlab::host {

namespace {

/// The decisions about one sentence's spans.
struct SentenceSpans {
  std::int64_t sentence = 0;
  std::int64_t first = 0;  // among all decisions
  std::int64_t count = 0;
};

// How many decisions from `own.first` on are about the sentence.
std::int64_t count_of(const SentenceSpans& own, std::span<const Decision> spans) {
  std::int64_t end = own.first;
  while (end < std::ssize(spans) && spans[static_cast<std::size_t>(end)].sentence == own.sentence) ++end;
  return end - own.first;
}

class PairChunks {
 public:
  PairChunks(const Batch& batch, std::span<const Decision> spans, std::int64_t most,
             const std::function<void(PairChunk)>& visit)
      : batch_(batch), spans_(spans), most_(most), visit_(visit) {
    start();
  }

  void all_pairs(const SentenceSpans& own) {
    const std::int64_t pairs = own.count * (own.count - 1);
    const std::int64_t size = pairs <= most_ ? own.count : block_size();
    for (std::int64_t head = 0; head < own.count; head += size) {
      for (std::int64_t tail = 0; tail < own.count; tail += size) {
        block(own, {head, std::min(head + size, own.count)}, {tail, std::min(tail + size, own.count)});
      }
    }
    before_ += pairs;
  }

  void listed_pairs(const SentenceSpans& own, std::span<const Pair> pairs) {
    while (!pairs.empty()) {
      const std::size_t count = std::min(pairs.size(), static_cast<std::size_t>(most_));
      make_room(static_cast<std::int64_t>(count));
      const std::int32_t base = place(own, {0, own.count});
      for (const Pair& pair : pairs.first(count)) add(own, {base + pair.head, base + pair.tail}, before_++);
      pairs = pairs.subspan(count);
    }
  }

  void finish() {
    if (chunk_.pairs.empty()) return;
    for (std::size_t s = 1; s < placed_.offsets.size(); ++s) placed_.offsets[s] += placed_.offsets[s - 1];
    placed_.pairs = chunk_.pairs;
    chunk_.candidates = pair_candidates(batch_, std::move(placed_), {});
    visit_(std::move(chunk_));
    start();
  }

 private:
  void start() {
    chunk_ = {};
    placed_ = {};
    placed_.offsets.assign(static_cast<std::size_t>(batch_.size()) + 1, 0);
  }

  // Spans on either side of a block whose pairs fill a chunk: a square has the fewest spans for its pairs.
  std::int64_t block_size() const {
    return std::max<std::int64_t>(1, std::llround(std::floor(std::sqrt(static_cast<double>(most_)))));
  }

  void make_room(std::int64_t pairs) {
    if (std::ssize(chunk_.pairs) + pairs > most_) finish();
  }

  // The first row of these spans.
  std::int32_t place(const SentenceSpans& own, Rows rows) {
    const auto first = static_cast<std::int32_t>(placed_.spans.size());
    for (std::int64_t row = own.first + rows.begin; row < own.first + rows.end; ++row) {
      const Decision& decision = spans_[static_cast<std::size_t>(row)];
      placed_.spans.push_back({own.sentence, decision.span});
      placed_.types.push_back(decision.type);
      chunk_.spans.push_back(row);
    }
    return first;
  }

  void add(const SentenceSpans& own, Pair pair, std::int64_t row) {
    chunk_.pairs.push_back(pair);
    chunk_.rows.push_back(row);
    ++placed_.offsets[static_cast<std::size_t>(own.sentence) + 1];
  }

  // Pairs of these heads with these tails. A pair's number among all of its sentence counts the tails of the
  // heads before its own (each has all other spans) and its own tail, of which the head itself is none.
  void block(const SentenceSpans& own, Rows heads, Rows tails) {
    const bool same = heads == tails;
    const std::int64_t height = heads.end - heads.begin, width = tails.end - tails.begin;
    make_room(height * width - (same ? height : 0));
    const std::int32_t head = place(own, heads), tail = same ? head : place(own, tails);
    for (std::int32_t i = 0; i < height; ++i) {
      const std::int64_t of_head = before_ + (heads.begin + i) * (own.count - 1);
      for (std::int32_t j = 0; j < width; ++j) {
        const std::int64_t other = tails.begin + j;
        if (!same || i != j) add(own, {head + i, tail + j}, of_head + other - (other > heads.begin + i));
      }
    }
  }

  const Batch& batch_;
  std::span<const Decision> spans_;
  std::int64_t most_;
  std::int64_t before_ = 0;  // pairs of the sentences before
  const std::function<void(PairChunk)>& visit_;
  PairChunk chunk_;
  PlacedPairs placed_;  // its offsets are counts until the chunk is full
};

}  // namespace

void pair_chunks(const Batch& batch, const Task& task, std::span<const Decision> spans, std::int64_t most,
                 const std::function<void(PairChunk)>& visit) {
  PairChunks chunks(batch, spans, most, visit);
  SentenceSpans own;
  for (; own.sentence < batch.size(); ++own.sentence, own.first += own.count) {
    own.count = count_of(own, spans);
    const std::vector<Pair> listed = task.sampler->evaluation_pairs(static_cast<std::int32_t>(own.count));
    if (listed.empty()) {
      chunks.all_pairs(own);
    } else {
      chunks.listed_pairs(own, listed);
    }
  }
  chunks.finish();
}

}  // namespace spanlab::host
