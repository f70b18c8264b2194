// SPDX-License-Identifier: MIT
#include <numeric>

#include "samplers/pool_sampler.hpp"
#include "samplers/samplers.hpp"
#include "spanlab/tags.hpp"

namespace spanlab {

namespace {

class All : public PoolSampler {
 public:
  explicit All(const Parameters& parameters) : PoolSampler(pool_settings(parameters)) {}

  SpanSample do_sample_words(const Sentence&, const Annotation& gold) const override {
    SpanSample sample;
    for (std::int32_t item : taggable(gold)) {
      sample.spans.push_back(gold.entities[item].span);
      sample.gold.push_back({item});
    }
    return sample;
  }

 protected:
  std::vector<std::int64_t> choose(const Pool& pool, Generator&) const override {
    std::vector<std::int64_t> numbers(static_cast<std::size_t>(pool.size));
    std::iota(numbers.begin(), numbers.end(), 0);
    return numbers;
  }
};

}  // namespace

Schema all_schema() {
  Schema schema;
  declare_candidates(schema);
  return schema;
}

std::unique_ptr<Sampler> make_all(const Parameters& parameters, const SamplerSetup&) {
  return std::make_unique<All>(parameters);
}

}  // namespace spanlab
