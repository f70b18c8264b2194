// SPDX-License-Identifier: MIT
#include "calibration.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <numeric>
#include <stdexcept>

#include "statistics/power.hpp"
#include "statistics/randomisation.hpp"
#include "statistics/two_way.hpp"

namespace spanlab::host::calibration {
namespace {

using nlohmann::json;
using Places = std::vector<std::size_t>;

constexpr double kLevel = 0.05;
constexpr std::size_t kSwaps = 399;

/// The first `size` of a random order of `all` places.
Places drawn(std::size_t all, std::size_t size, Generator& generator) {
  Places places(all);
  std::iota(places.begin(), places.end(), std::size_t{0});
  for (std::size_t i = 0; i < size; ++i) std::swap(places[i], places[i + generator.below(all - i)]);
  places.resize(size);
  return places;
}

Places half_of(const SystemCounts& system, Generator& generator) {
  return drawn(system.documents, system.documents / 2, generator);
}

SystemCounts part_of(const SystemCounts& system, std::span<const std::size_t> seeds,
                     const Places& documents) {
  SystemCounts part{seeds.size(), documents.size(), {}};
  for (std::size_t seed : seeds) {
    for (std::size_t document : documents) part.counts.push_back(system.at(seed, document));
  }
  return part;
}

struct Pair {
  SystemCounts a, b;
};

/// Disjoint seeds of one system on the same half.
Pair one_system(const SystemCounts& system, Generator& generator) {
  const Places seeds = drawn(system.seeds, 2 * kSeeds, generator), documents = half_of(system, generator);
  const std::span<const std::size_t> all(seeds);
  return {part_of(system, all.first(kSeeds), documents), part_of(system, all.last(kSeeds), documents)};
}

Pair two_systems(const SystemCounts& a, const SystemCounts& b, Generator& generator) {
  const Places documents = half_of(a, generator);
  return {part_of(a, drawn(a.seeds, kSeeds, generator), documents),
          part_of(b, drawn(b.seeds, kSeeds, generator), documents)};
}

/// Two systems that differ on each text and not in the mean: a coin for each document says which of the two
/// answers for a system there.
Pair mixed_systems(const SystemCounts& a, const SystemCounts& b, Generator& generator) {
  const Places documents = half_of(a, generator);
  const Places seeds_a = drawn(a.seeds, 2 * kSeeds, generator),
               seeds_b = drawn(b.seeds, 2 * kSeeds, generator);
  const std::span<const std::size_t> of_a(seeds_a), of_b(seeds_b);
  Pair pair{part_of(a, of_a.first(kSeeds), documents), part_of(b, of_b.last(kSeeds), documents)};
  const Pair other{part_of(b, of_b.first(kSeeds), documents), part_of(a, of_a.last(kSeeds), documents)};
  for (std::size_t document = 0; document < documents.size(); ++document) {
    if (generator.below(2) == 0) continue;
    for (std::size_t seed = 0; seed < kSeeds; ++seed) {
      const std::size_t place = seed * documents.size() + document;
      pair.a.counts[place] = other.a.counts[place];
      pair.b.counts[place] = other.b.counts[place];
    }
  }
  return pair;
}

/// What came of many comparisons.
struct Tally {
  std::map<std::string, std::size_t> rejected;
  std::vector<double> differences, detectable;
  VarianceParts parts;
  std::size_t covered = 0, draws = 0;

  void add(const Pair& pair, double truth, Generator& generator);
  json told() const;
};

void Tally::add(const Pair& pair, double truth, Generator& generator) {
  ++draws;
  const TwoWayTest sum = two_way_t_sum(pair.a, pair.b, Ratio::f1);
  const auto welch = welch_t(ratios_by_seed(pair.a, Ratio::f1), ratios_by_seed(pair.b, Ratio::f1));
  rejected["two_way_t_sum"] += sum.p <= kLevel;
  rejected["two_way_t"] += two_way_t(pair.a, pair.b, Ratio::f1).p <= kLevel;
  rejected["welch_t"] += welch && welch->p <= kLevel;
  rejected["documents_linearised_t"] += documents_linearised_t(pair.a, pair.b, Ratio::f1).p <= kLevel;
  rejected["randomisation_over_documents"] +=
      randomisation_over_documents(pair.a, pair.b, Ratio::f1, kSwaps, generator).p <= kLevel;
  covered += sum.interval.low <= truth && truth <= sum.interval.high;
  differences.push_back(sum.difference);
  detectable.push_back(detectable_difference(sum));
  parts.seed_a += sum.parts.seed_a;
  parts.seed_b += sum.parts.seed_b;
  parts.documents += sum.parts.documents;
  parts.interaction += sum.parts.interaction;
}

json Tally::told() const {
  const double n = static_cast<double>(draws);
  const Summary summary = summarise(differences);
  json shares = json::object();
  for (const auto& [test, times] : rejected) shares[test] = static_cast<double>(times) / n;
  return {{"rejected", shares},
          {"interval_holds_truth", static_cast<double>(covered) / n},
          {"mean_difference", summary.mean},
          {"deviation_of_difference", summary.deviation.value_or(0)},
          {"mean_detectable_difference", summarise(detectable).mean},
          {"mean_variance_parts",
           {{"seed_a", parts.seed_a / n},
            {"seed_b", parts.seed_b / n},
            {"documents", parts.documents / n},
            {"interaction", parts.interaction / n}}}};
}

json tally(std::size_t draws, double truth, Generator generator,
           const std::function<Pair(Generator&)>& draw) {
  Tally tally;
  for (std::size_t i = 0; i < draws; ++i) tally.add(draw(generator), truth, generator);
  return tally.told();
}

SystemCounts first_documents(const SystemCounts& system, std::size_t documents) {
  Places all(system.seeds), first(documents);
  std::iota(all.begin(), all.end(), std::size_t{0});
  std::iota(first.begin(), first.end(), std::size_t{0});
  return part_of(system, all, first);
}

json of_test_set(const SystemCounts& a, const SystemCounts& b, std::size_t draws) {
  const Generator root = Generator(2026).split(a.documents);
  const double truth = mean_difference(a, b, Ratio::f1);
  using Drawn = std::function<Pair(Generator&)>;
  const Drawn self_a = [&](Generator& generator) { return one_system(a, generator); };
  const Drawn self_b = [&](Generator& generator) { return one_system(b, generator); };
  const Drawn mixed = [&](Generator& generator) { return mixed_systems(a, b, generator); };
  const Drawn differ = [&](Generator& generator) { return two_systems(a, b, generator); };
  return {{"f1_a", ratios_by_seed(a, Ratio::f1)},
          {"f1_b", ratios_by_seed(b, Ratio::f1)},
          {"documents", a.documents},
          {"documents_a_draw", a.documents / 2},
          {"same_a", tally(draws, 0, root.split("same a"), self_a)},
          {"same_b", tally(draws, 0, root.split("same b"), self_b)},
          {"mixed", tally(draws, 0, root.split("mixed"), mixed)},
          {"differ", tally(draws, truth, root.split("differ"), differ)}};
}

}  // namespace

json calibrate(const SystemCounts& a, const SystemCounts& b, std::size_t draws) {
  if (a.seeds < 2 * kSeeds || b.seeds < 2 * kSeeds || a.documents != b.documents)
    throw std::invalid_argument("two systems with six seeds each on the same documents expected");
  json sizes = json::array({of_test_set(a, b, draws)});
  for (const std::size_t size : {std::size_t{600}, std::size_t{180}}) {
    if (size < a.documents)
      sizes.push_back(of_test_set(first_documents(a, size), first_documents(b, size), draws));
  }
  return sizes;
}

}  // namespace spanlab::host::calibration
