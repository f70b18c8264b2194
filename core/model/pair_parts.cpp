// SPDX-License-Identifier: MIT
#include "model/pair_parts.hpp"

#include <algorithm>
#include <cmath>

namespace spanlab {

namespace {

/// The decisions about one sentence's spans.
struct SentenceSpans {
  std::int64_t sentence = 0;
  std::int64_t first = 0;  // among all decisions
  std::int64_t count = 0;
};

class PairParts {
 public:
  PairParts(const Batch& batch, const std::vector<Decision>& spans, std::int64_t most,
            const std::function<void(PairPart)>& visit)
      : batch_(batch), spans_(spans), most_(most), visit_(visit) {
    start();
  }

  void all_pairs(const SentenceSpans& own) {
    const std::int64_t pairs = own.count * (own.count - 1);
    // A block of heads and another one of tails; all of a sentence's spans, if their pairs are few.
    const std::int64_t size =
        pairs <= most_
            ? own.count
            : std::max<std::int64_t>(1, std::llround(std::floor(std::sqrt(static_cast<double>(most_)))));
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
    if (part_.pairs.empty()) return;
    for (std::size_t s = 1; s < placed_.offsets.size(); ++s) placed_.offsets[s] += placed_.offsets[s - 1];
    placed_.pairs = part_.pairs;
    part_.candidates = pair_candidates(batch_, std::move(placed_), {});
    visit_(std::move(part_));
    start();
  }

 private:
  void start() {
    part_ = {};
    placed_ = {};
    placed_.offsets.assign(static_cast<std::size_t>(batch_.size()) + 1, 0);
  }

  void make_room(std::int64_t pairs) {
    if (std::ssize(part_.pairs) + pairs > most_) finish();
  }

  // The first row of these spans.
  std::int32_t place(const SentenceSpans& own, Rows rows) {
    const auto first = static_cast<std::int32_t>(placed_.spans.size());
    for (std::int64_t row = own.first + rows.begin; row < own.first + rows.end; ++row) {
      const Decision& decision = spans_[static_cast<std::size_t>(row)];
      placed_.spans.push_back({own.sentence, decision.span});
      placed_.types.push_back(decision.type);
      part_.spans.push_back(row);
    }
    return first;
  }

  void add(const SentenceSpans& own, Pair pair, std::int64_t row) {
    part_.pairs.push_back(pair);
    part_.rows.push_back(row);
    ++placed_.offsets[static_cast<std::size_t>(own.sentence) + 1];
  }

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
  const std::vector<Decision>& spans_;
  std::int64_t most_;
  std::int64_t before_ = 0;  // pairs of the sentences before
  const std::function<void(PairPart)>& visit_;
  PairPart part_;
  PlacedPairs placed_;  // offsets are counts until the part is full
};

}  // namespace

void pair_parts(const Batch& batch, const Task& task, const std::vector<Decision>& spans, std::int64_t most,
                const std::function<void(PairPart)>& visit) {
  PairParts parts(batch, spans, most, visit);
  SentenceSpans own;
  for (; own.sentence < batch.size(); ++own.sentence, own.first += own.count) {
    own.count = 0;
    while (own.first + own.count < std::ssize(spans) &&
           spans[static_cast<std::size_t>(own.first + own.count)].sentence == own.sentence)
      ++own.count;
    const std::vector<Pair> listed = task.sampler->evaluation_pairs(static_cast<std::int32_t>(own.count));
    check_pairs(task.answerer("sampler"), listed, static_cast<std::size_t>(own.count));
    if (listed.empty())
      parts.all_pairs(own);
    else
      parts.listed_pairs(own, listed);
  }
  parts.finish();
}

}  // namespace spanlab
