// SPDX-License-Identifier: MIT
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/autograd.h>

#include <random>
#include <set>

#include "bert/attention.hpp"
#include "measure.hpp"
#include "plugin/registry.hpp"
#include "spanlab/head.hpp"
#include "spanlab/span_ops.hpp"
#include "train/optimizer.hpp"

// Every entry says what it measured: `kernel`, `direction`, `size` (what the time should be proportional to,
// and its unit), `seconds`, and the least that it has to move (`bytes`) or to multiply (`flops`).

namespace spanlab::host::benchmarks {

namespace {

using nlohmann::json;

constexpr double kValue = 4;  // bytes
constexpr std::int64_t kSentence = 35;

json entry(const std::string& kernel, const std::string& direction, std::int64_t size,
           const std::string& unit, double seconds, double bytes, double flops) {
  return {{"kernel", kernel},   {"direction", direction}, {"size", size},  {"unit", unit},
          {"seconds", seconds}, {"bytes", bytes},         {"flops", flops}};
}

at::Tensor ranges_tensor(const std::vector<std::int64_t>& flat) {
  return at::tensor(flat, at::kLong).view({-1, 2});
}

/// Forward and backward of the maximum over ranges. Reads the states once, writes maxima and the rows they
/// come from; back, reads gradients and rows and writes the gradient of the states.
void add_maxima(json& list, const std::string& kernel, std::int64_t units, std::int64_t width,
                const at::Tensor& ranges) {
  const at::Tensor states = at::randn({units, width});
  const double values = static_cast<double>(ranges.size(0) * width),
               state_bytes = kValue * static_cast<double>(units * width);
  const double forward = fastest([&] {
    const at::NoGradGuard no_gradients;
    max_over_rows(states, ranges);
  });
  list.push_back(
      entry(kernel, "forward", ranges.size(0), "ranges", forward, state_bytes + 2 * kValue * values, 0));
  const at::Tensor leaf = states.clone().requires_grad_(true);
  const at::Tensor maxima = max_over_rows(leaf, ranges), gradient = at::randn_like(maxima);
  const double backward = fastest([&] { torch::autograd::grad({maxima}, {leaf}, {gradient}, true); });
  list.push_back(
      entry(kernel, "backward", ranges.size(0), "ranges", backward, state_bytes + 2 * kValue * values, 0));
}

/// All spans up to ten wide in sentences of usual length.
at::Tensor span_ranges(std::int64_t units) {
  std::vector<std::int64_t> flat;
  for (std::int64_t start = 0; start < units; start += kSentence) {
    const std::int64_t end = std::min(units, start + kSentence);
    for (std::int64_t begin = start; begin < end; ++begin) {
      for (std::int64_t last = begin + 1; last <= std::min(end, begin + 10); ++last)
        flat.insert(flat.end(), {begin, last});
    }
  }
  return ranges_tensor(flat);
}

/// Gaps between random places of one sentence.
at::Tensor gap_ranges(std::int64_t units, std::int64_t count, std::mt19937& random) {
  std::vector<std::int64_t> flat;
  std::uniform_int_distribution<std::int64_t> place(0, units);
  for (std::int64_t i = 0; i < count; ++i) {
    const auto [begin, end] = std::minmax({place(random), place(random)});
    flat.insert(flat.end(), {begin, end});
  }
  return ranges_tensor(flat);
}

void add_span_kernels(json& list, const Request& request) {
  std::mt19937 random(1);
  for (std::int64_t units : {35, 70, 280, 1120, 4480})
    add_maxima(list, "max over spans", units, request.width, span_ranges(units));
  for (std::int64_t gaps : {100, 1000, 10000})
    add_maxima(list, "max between spans", kSentence, request.width, gap_ranges(kSentence, gaps, random));
  add_maxima(list, "max between spans, 500 pieces", 500, request.width, gap_ranges(500, 10000, random));
}

/// Scores of pairs by the relation head: all ordered pairs of so many spans in one sentence, from states to
/// scores as evaluation makes them, and back as training does.
void add_pair_scores(json& list, const Request& request, const Registry& registry) {
  constexpr std::int64_t types = 5, units = 128;
  Inventory inventory;
  for (std::int64_t i = 0; i < types; ++i)
    inventory.relations.push_back({"type " + std::to_string(i), "", false});
  Generator initial(1), unused(2);
  Pass pass{Mode::evaluation, unused}, training{Mode::training, unused};
  const Parameters parameters(registry.info(ComponentKind::head, "pair").schema, {});
  const std::shared_ptr<Head> head =
      registry.head("pair", parameters, {request.width, inventory, {}, {}, initial});
  const Features features{at::randn({units, request.width}), at::randn({1, request.width})};
  std::mt19937 random(3);
  for (std::int64_t spans : {10, 32, 100, 317}) {
    Candidates candidates;
    std::vector<std::int64_t> ends, pairs, gaps;
    for (std::int64_t i = 0; i < spans; ++i) {
      const std::int64_t begin = std::uniform_int_distribution<std::int64_t>(0, units - 3)(random),
                         end = begin + 1 + i % 3;
      candidates.places.push_back({0, {static_cast<std::int32_t>(begin), static_cast<std::int32_t>(end)}});
      ends.insert(ends.end(), {begin, end});
    }
    std::set<std::pair<std::int64_t, std::int64_t>> distinct;
    for (std::int64_t a = 0; a < spans; ++a) {
      for (std::int64_t b = 0; b < spans; ++b) {
        if (a == b) continue;
        const std::int64_t begin = std::min(ends[2 * a + 1], ends[2 * b + 1]),
                           end = std::max(begin, std::max(ends[2 * a], ends[2 * b]));
        pairs.insert(pairs.end(), {a, b});
        gaps.insert(gaps.end(), {begin, end});
        distinct.emplace(begin, end);
      }
    }
    candidates.units = ranges_tensor(ends);
    candidates.widths = candidates.units.select(1, 1) - candidates.units.select(1, 0);
    candidates.sentences = at::zeros({spans}, at::kLong);
    candidates.pairs = ranges_tensor(pairs);
    candidates.contexts = ranges_tensor(gaps);
    candidates.offsets = {0, candidates.size()};
    const double count = static_cast<double>(candidates.size()),
                 rows = static_cast<double>(2 * spans + static_cast<std::int64_t>(distinct.size()));
    const double bytes = kValue * count * types + 16 * count,
                 flops = 2 * rows * static_cast<double>(request.width) * types;
    const double forward = fastest([&] {
      const at::NoGradGuard no_gradients;
      head->forward(features, candidates, {}, pass);
    });
    list.push_back(entry("pair scores", "forward", candidates.size(), "pairs", forward, bytes, flops));
    const Features leaves{features.units.clone().requires_grad_(true), features.sentences};
    const at::Tensor scores = head->forward(leaves, candidates, {}, training).at("classify"),
                     gradient = at::randn_like(scores);
    const double backward =
        fastest([&] { torch::autograd::grad({scores}, {leaves.units}, {gradient}, true); });
    // Training has dropout on each pair's own features [3H+50], so that sums over spans cannot serve it: two
    // products.
    list.push_back(entry("pair scores", "backward", candidates.size(), "pairs", backward, bytes,
                         4 * count * static_cast<double>((3 * request.width + 50) * types)));
  }
}

/// Attention inside one sentence, one thread's work: two products forward, four backward.
void add_attention(json& list, const Request& request) {
  bert::Config config;
  config.hidden_size = request.width;
  config.num_attention_heads = request.width / 32;
  at::set_num_threads(1);
  for (std::int64_t units : {10, 35, 70, 128, 256, 500}) {
    at::Tensor qkv = at::randn({units, 3 * request.width}), context = at::empty({units, request.width}),
               of_context = at::randn_like(context);
    at::Tensor kept = at::rand({config.num_attention_heads, units, bert::padded_units(units)}),
               of_qkv = at::empty_like(qkv);
    auto values = [](at::Tensor& tensor) { return tensor.mutable_data_ptr<float>(); };
    auto kept_of = [&](const bert::AttentionHead& head) {
      return values(kept) + head.number * kept.stride(0);
    };
    auto each_head = [&](auto&& task) {
      for (std::int64_t h = 0; h < config.num_attention_heads; ++h)
        task(bert::AttentionHead{config, units, h});
    };
    const DropoutMask mask(7, 0.1);
    const double product = 2.0 * static_cast<double>(units * units * request.width);
    const double forward = fastest([&] {
      each_head([&](auto head) { bert::attend(head, values(qkv), mask, kept_of(head), values(context)); });
    });
    const double backward = fastest([&] {
      each_head([&](auto head) {
        bert::attend_backward(head, values(of_context), values(qkv), kept_of(head), mask, values(of_qkv));
      });
    });
    list.push_back(entry("attention", "forward", units, "pieces", forward,
                         kValue * static_cast<double>(4 * units * request.width), 2 * product));
    list.push_back(entry("attention", "backward", units, "pieces", backward,
                         kValue * static_cast<double>(8 * units * request.width), 4 * product));
  }
  at::set_num_threads(request.threads);
}

/// Norm, clipping and AdamW in one step: 28 bytes per value and 4 for the norm. The gradients stay where they
/// are between steps.
void add_step(json& list) {
  for (std::int64_t count : {100'000, 1'000'000, 4'000'000, 13'000'000}) {
    at::Tensor values = at::randn({count}).requires_grad_(true);
    const at::Tensor gradient = at::randn({count});
    Optimizer optimizer({{"values", values, {}}}, {});
    const double seconds = fastest([&] {
      values.mutable_grad() = gradient;
      optimizer.step(1e-5);
    });
    list.push_back(
        entry("fused step", "step", count, "values", seconds, 32.0 * static_cast<double>(count), 0));
  }
}

}  // namespace

json measure_kernels(const Request& request) {
  at::set_num_threads(request.threads);
  at::manual_seed(1);
  Registry registry;
  registry.load(plugin_folders({}));
  json list = json::array();
  add_span_kernels(list, request);
  add_pair_scores(list, request, registry);
  add_attention(list, request);
  add_step(list);
  return {{"threads", request.threads},
          {"rates",
           {{"memory", memory_rates(request)}, {"square", {{"float32", square_rates(request, at::kFloat)}}}}},
          {"kernels", std::move(list)}};
}

}  // namespace spanlab::host::benchmarks
