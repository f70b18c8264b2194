// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>

#include "samplers/pool_sampler.hpp"
#include "samplers/samplers.hpp"

namespace spanlab {

namespace {

class Hard : public PoolSampler {
 public:
  explicit Hard(const Parameters& parameters)
      : PoolSampler(pool_settings(parameters)), amount_(parameters), share_(parameters.number("share")) {}

 protected:
  std::vector<std::int64_t> choose(const Pool& pool, Generator& generator) const override {
    const std::int64_t count = std::min(amount_.of(pool.positives), pool.size);
    const auto hard = static_cast<std::int64_t>(std::llround(share_ * static_cast<double>(count)));
    std::vector<std::int64_t> taken = draw_weighted(pool.overlaps(), hard, generator);
    const std::vector<std::int64_t> others = others_of(pool.size, taken);
    for (std::int64_t i : draw(std::ssize(others), count - std::ssize(taken), generator))
      taken.push_back(others[i]);
    std::ranges::sort(taken);
    return taken;
  }

 private:
  static std::vector<std::int64_t> others_of(std::int64_t size, const std::vector<std::int64_t>& taken) {
    std::vector<std::int64_t> others;
    auto next = taken.begin();
    for (std::int64_t i = 0; i < size; ++i) {
      if (next != taken.end() && *next == i) {
        ++next;
      } else {
        others.push_back(i);
      }
    }
    return others;
  }

  Amount amount_;
  double share_;
};

}  // namespace

Schema hard_schema() {
  Schema schema;
  declare_amount(schema);
  schema
      .number("share", 0.5,
              "share of the negatives that are drawn by overlap, as far as so many overlap: a span with the "
              "probability that goes with its IoU "
              "with the nearest gold entity, a pair with the mean IoU of its arguments with those of the "
              "nearest gold relation. The others are "
              "drawn uniformly; half, since without easy negatives a model never sees most of what it is to "
              "reject")
      .range(0, 1);
  declare_candidates(schema);
  declare_reference_versions(schema);
  return schema;
}

std::unique_ptr<Sampler> make_hard(const Parameters& parameters, const SamplerSetup&) {
  return std::make_unique<Hard>(parameters);
}

}  // namespace spanlab
