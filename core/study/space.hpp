// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "spanlab/error.hpp"
#include "study/study.hpp"

namespace spanlab::host {

/// The values that one path takes, in order.
struct Axis {
  std::string path;
  Origin origin;
  std::vector<Setting> values;
};

/// What makes a space out of axes or of other spaces.
enum class SpaceOperation {
  grid,      ///< every combination of the axes' values, the first axis slowest
  zip,       ///< the axes' values side by side
  product,   ///< every combination of the parts' points, the first part slowest
  union_of,  ///< the parts' points one after another
  variants,  ///< named sets of changes one after another; reports tell them apart by `name` alone
  where,     ///< the part's points that the condition holds for
  when,  ///< the part where the condition holds for what stands to its left in a product; else one point that
         ///< changes nothing
  sample  ///< `count` points of the part, drawn with `seed`, in the part's order
};

/// The algebra of what varies. It yields points in an order that depends on nothing but itself.
struct Space {
  SpaceOperation operation = SpaceOperation::grid;
  Origin origin;
  std::vector<Axis> axes;  ///< of `grid` and `zip`
  std::string name;        ///< of `variants`, `system` for instance: the factor
  std::vector<NamedPoint> variants;
  std::vector<Space> parts;                     ///< of the others; `where`, `when` and `sample` have one
  std::function<bool(const Point&)> condition;  ///< of `where` and `when`
  std::int64_t count = 0;
  std::uint64_t seed = 0;
};

/// What a condition threw.
class SPANLAB_API ConditionError : public Error {
 public:
  using Error::Error;
  ~ConditionError() override;
};

/// The most points that a space may have.
inline constexpr std::size_t kMostPoints = 100'000;

/// Every path that the space varies, in its order, each once; of variants their name.
SPANLAB_API std::vector<std::string> factors(const Space& space);

/// What is wrong with the space itself: two spaces on one path, axes without values, lists of different
/// lengths under `zip`.
SPANLAB_API std::vector<Problem> check(const Space& space);

/// Values that stand twice under `grid`, and value tuples under `zip`: they make one row, so that nothing is
/// gained by them.
SPANLAB_API std::vector<Problem> repeats(const Space& space);

/// The points of a space that `check` found nothing wrong with. `charge` is told the bytes of each point that
/// is made, and may throw. Throws Error(usage) beyond kMostPoints, and ConditionError.
SPANLAB_API std::vector<Point> expand(const Space& space,
                                      const std::function<void(std::size_t)>& charge = {});

/// Each value of the space, and of variants each set of changes, as a point of its own.
SPANLAB_API std::vector<Point> single_values(const Space& space);

/// True if every assignment of `wanted` stands in `point`. A text or a component without parameters matches a
/// component by its id. Throws Error(usage) if `point` does not set a path of `wanted` at all.
SPANLAB_API bool matches(const Point& point, const Point& wanted);

}  // namespace spanlab::host
