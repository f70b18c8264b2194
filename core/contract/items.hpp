// SPDX-License-Identifier: MIT
#pragma once

#include <initializer_list>
#include <span>
#include <string>

#include "contract/outcome.hpp"
#include "contract/subject.hpp"
#include "contract/variants.hpp"

// The items of the suite. A new one is a function, and a line in the table of items.cpp.

namespace spanlab::host::suite {

/// A component in one setting, for one use, as an item is asked about it.
class Case {
 public:
  Case(const Subject& subject, const Parameters& parameters, Use use)
      : subject(subject), parameters(parameters), use(std::move(use)) {}

  /// A component with weights of that seed. Throws Refused where it is not for this.
  std::unique_ptr<Built> build(std::uint64_t seed = 7, const std::string* vocabulary = nullptr) const;
  /// The scene of that number: another one of the same shape for each.
  Scene scene(int number = 0, Shape shape = Shape::ordinary, at::ScalarType numbers = at::kFloat) const;
  /// The answer to a scene by a generator of its own, and in evaluation what is decided.
  NamedTensors asked(Built& built, const Scene& scene, Mode mode) const;

  const Subject& subject;
  const Parameters& parameters;
  const Use use;
};

/// One thing that components of some kinds must keep.
struct SuiteItem {
  const char* name;
  const char* promise;  ///< what is asked, for help and documents
  std::initializer_list<ComponentKind> kinds;
  Reach reach;                        ///< in which settings it is asked: all that are as near to the defaults
  std::string (*check)(const Case&);  ///< ends otherwise than `passed` by Ended; what it gives is told
};

std::span<const SuiteItem> items();

/// That both are the same, number by number.
void expect_equal(const NamedTensors& found, const NamedTensors& expected, const std::string& what);

std::string check_schema(const Case&);
std::string check_settings(const Case&);
std::string check_answers(const Case&);
std::string check_one_word(const Case&);
std::string check_long(const Case&);
std::string check_empty(const Case&);
std::string check_refusals(const Case&);
std::string check_decisions(const Case&);
std::string check_samples(const Case&);
std::string check_targets(const Case&);
std::string check_finite(const Case&);
std::string check_gradients(const Case&);
std::string check_trained(const Case&);
std::string check_seed(const Case&);
std::string check_randomness(const Case&);
std::string check_state(const Case&);
std::string check_evaluation(const Case&);
std::string check_threads(const Case&);
std::string check_stored(const Case&);
std::string check_frozen(const Case&);
std::string check_decay(const Case&);
std::string check_tables(const Case&);
std::string check_sample_file(const Case&);
std::string check_broken_files(const Case&);
std::string check_memory(const Case&);
std::string check_cost(const Case&);

}  // namespace spanlab::host::suite
