// SPDX-License-Identifier: MIT
#include "samplers/pool_sampler.hpp"
#include "samplers/samplers.hpp"

namespace spanlab {

namespace {

class Uniform : public PoolSampler {
 public:
  explicit Uniform(const Parameters& parameters)
      : PoolSampler(pool_settings(parameters)), amount_(parameters) {}

 protected:
  std::vector<std::int64_t> choose(const Pool& pool, Generator& generator) const override {
    return draw(pool.size, amount_.of(pool.positives), generator);
  }

 private:
  Amount amount_;
};

}  // namespace

Schema uniform_schema() {
  Schema schema;
  declare_amount(schema);
  declare_candidates(schema);
  declare_reference_versions(schema);
  return schema;
}

std::unique_ptr<Sampler> make_uniform(const Parameters& parameters, const SamplerSetup&) {
  return std::make_unique<Uniform>(parameters);
}

}  // namespace spanlab
