// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>

#include "samplers/pool_sampler.hpp"
#include "samplers/samplers.hpp"

namespace spanlab {

namespace {

class ClassBalanced : public PoolSampler {
 public:
  ClassBalanced(const Parameters& parameters, const SamplerSetup& setup)
      : PoolSampler(pool_settings(parameters)), amount_(parameters) {
    copies_.resize(
        setup.kind == HeadKind::pairs ? setup.inventory.relations.size() : setup.inventory.entities.size(),
        1);
    if (setup.gold.empty()) return;
    const auto most = static_cast<double>(std::ranges::max(setup.gold));
    for (std::size_t type = 0; type < setup.gold.size(); ++type) {
      if (setup.gold[type] == 0) continue;
      const double wanted =
          std::pow(most / static_cast<double>(setup.gold[type]), parameters.number("power"));
      copies_[type] = std::min(wanted, static_cast<double>(parameters.integer("max_copies")));
    }
  }

 protected:
  std::vector<std::int64_t> choose(const Pool& pool, Generator& generator) const override {
    return draw(pool.size, amount_.of(pool.positives), generator);
  }

  // The rarest of its types decides. What is left of a whole number is drawn, so that the mean is exact.
  std::int64_t copies(const std::set<std::int32_t>& types, Generator& generator) const override {
    double wanted = 1;
    for (std::int32_t type : types) wanted = std::max(wanted, copies_[type]);
    const double whole = std::floor(wanted);
    return static_cast<std::int64_t>(whole) + (generator.uniform() < wanted - whole);
  }

 private:
  Amount amount_;
  std::vector<double> copies_;  // of a candidate of each type
};

}  // namespace

Schema class_balanced_schema() {
  Schema schema;
  declare_amount(schema);
  schema
      .number("power", 1,
              "a candidate of a type with n of the commonest type's N gold items stands (N/n)^power times in "
              "the sample: 1 makes all types "
              "equally frequent, 0.5 is square-root sampling, 0 changes nothing (Kang et al. 2020, q = 1 - "
              "power)")
      .range(0, 1)
      .integer("max_copies", 100,
               "at most so many times: a type with a handful of gold items would fill its sentences' samples "
               "otherwise")
      .range(1, 10000);
  declare_candidates(schema);
  declare_reference_versions(schema);
  return schema;
}

std::unique_ptr<Sampler> make_class_balanced(const Parameters& parameters, const SamplerSetup& setup) {
  return std::make_unique<ClassBalanced>(parameters, setup);
}

}  // namespace spanlab
