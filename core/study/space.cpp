// SPDX-License-Identifier: MIT
#include "study/space.hpp"

#include <numeric>
#include <set>

#include "spanlab/generator.hpp"

namespace spanlab::host {

namespace {

using Points = std::vector<Point>;

bool depends_on_context(const Space& space) {
  return space.operation == SpaceOperation::when || std::ranges::any_of(space.parts, depends_on_context);
}

class Expansion {
 public:
  explicit Expansion(const std::function<void(std::size_t)>& charge) : charge_(charge) {}

  Points of(const Space& space, const Point& context) {
    switch (space.operation) {
      case SpaceOperation::grid:
        return grid(space);
      case SpaceOperation::zip:
        return zip(space);
      case SpaceOperation::product:
        return product(space, context);
      case SpaceOperation::union_of:
        return union_of(space, context);
      case SpaceOperation::variants:
        return variants(space);
      case SpaceOperation::sample:
        return sample(space, context);
      case SpaceOperation::when:
        return holds(space, context) ? of(space.parts[0], context) : Points{Point{}};
      case SpaceOperation::where:
        break;
    }
    Points points = of(space.parts[0], context);
    std::erase_if(points, [&](const Point& point) { return !holds(space, point); });
    return points;
  }

 private:
  static bool holds(const Space& space, const Point& point) {
    try {
      return space.condition(point);
    } catch (const Error& error) {
      throw ConditionError(error.kind(), error.problems());
    }
  }

  static void append(Points& points, Point point, const Space& space) {
    if (points.size() >= kMostPoints) {
      throw Error(ErrorKind::usage, space.origin,
                  fmt::format("the space has more than {} points", kMostPoints));
    }
    points.push_back(std::move(point));
  }

  void append_new(Points& points, Point point, const Space& space) {
    if (charge_) charge_(sizeof(Point) + point.size() * sizeof(std::shared_ptr<const Assignment>));
    append(points, std::move(point), space);
  }

  Points grid(const Space& space) {
    Points points{Point{}};
    for (const Axis& axis : space.axes) {
      Points values, longer;
      for (const Setting& value : axis.values) values.push_back({{axis.path, value}});
      for (const Point& point : points) {
        for (const Point& value : values) append_new(longer, point.joined(value), space);
      }
      points = std::move(longer);
    }
    return points;
  }

  Points zip(const Space& space) {
    Points points;
    const std::size_t length = space.axes.empty() ? 0 : space.axes[0].values.size();
    for (std::size_t i = 0; i < length; ++i) {
      Point point;
      for (const Axis& axis : space.axes) point.push_back({axis.path, axis.values[i]});
      append_new(points, std::move(point), space);
    }
    return points;
  }

  Points variants(const Space& space) {
    Points points;
    for (const NamedPoint& variant : space.variants) {
      const Point name{{space.name, {.origin = variant.origin, .kind = "variant", .id = variant.name}}};
      append_new(points, name.joined(variant.point), space);
    }
    return points;
  }

  Points product(const Space& space, const Point& context) {
    Points points{Point{}};
    for (const Space& part : space.parts) {
      Points longer;
      std::optional<Points> same;
      if (!depends_on_context(part)) same = of(part, context);
      for (const Point& point : points) {
        for (const Point& next : same ? *same : of(part, context.joined(point)))
          append_new(longer, point.joined(next), space);
      }
      points = std::move(longer);
    }
    return points;
  }

  Points union_of(const Space& space, const Point& context) {
    Points points;
    for (const Space& part : space.parts) {
      for (Point& point : of(part, context)) append(points, std::move(point), space);
    }
    return points;
  }

  Points sample(const Space& space, const Point& context) {
    Points all = of(space.parts[0], context);
    const std::size_t count = static_cast<std::size_t>(space.count);
    if (count > all.size()) {
      throw Error(ErrorKind::usage, space.origin,
                  fmt::format("sample: asks for {} points of {}", space.count, all.size()));
    }
    std::vector<std::size_t> order(all.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    Generator generator(space.seed);
    for (std::size_t i = 0; i < count; ++i) std::swap(order[i], order[i + generator.below(order.size() - i)]);
    std::sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count));
    Points points;
    for (std::size_t i = 0; i < count; ++i) points.push_back(std::move(all[order[i]]));
    return points;
  }

  const std::function<void(std::size_t)>& charge_;
};

using Places = std::map<std::string, Origin>;

// Adds the paths of one part of a product or one axis of a grid.
void add_paths(Places& known, const Places& added, std::vector<Problem>& problems, const char* hint = "") {
  for (const auto& [path, origin] : added) {
    auto [found, is_new] = known.emplace(path, origin);
    if (is_new) continue;
    problems.push_back({origin, fmt::format("{}: two spaces on one path; it varies already at {}{}", path,
                                            found->second, hint)});
  }
}

// For parts of a product that vary one path, each in its own case.
constexpr const char* kUnionHint =
    "\n   spaces of which one holds at a time are a union: lab.union { lab.product { …, … }, lab.product { "
    "…, … } }, each case whole";

Places check_in(const Space& space, std::vector<Problem>& problems) {
  Places paths;
  for (const Axis& axis : space.axes) {
    add_paths(paths, {{axis.path, axis.origin}}, problems);
    if (axis.values.empty()) problems.push_back({axis.origin, axis.path + ": expected at least one value"});
    if (space.operation == SpaceOperation::zip && axis.values.size() != space.axes[0].values.size()) {
      problems.push_back(
          {axis.origin, fmt::format("{}: zip needs lists of one length; {} values here, {} for {}", axis.path,
                                    axis.values.size(), space.axes[0].values.size(), space.axes[0].path)});
    }
  }
  if (!space.name.empty()) paths.emplace(space.name, space.origin);
  for (const NamedPoint& variant : space.variants) {
    for (const Assignment& assignment : variant.point)
      paths.emplace(assignment.path, assignment.setting.origin);
  }
  for (const Space& part : space.parts) {
    Places of_part = check_in(part, problems);
    if (space.operation == SpaceOperation::union_of)
      paths.merge(of_part);
    else
      add_paths(paths, of_part, problems, depends_on_context(part) ? kUnionHint : "");
  }
  return paths;
}

bool equal(const Value& a, const Value& b) {
  const auto* integer = std::get_if<std::int64_t>(&a);
  const auto* number = std::get_if<double>(&b);
  if (integer && number) return static_cast<double>(*integer) == *number;
  if (std::holds_alternative<double>(a) && std::holds_alternative<std::int64_t>(b)) return equal(b, a);
  return a == b;
}

bool stands_for(const Setting& wanted, const Setting& given) {
  if (!given.kind.empty()) {
    if (const auto* id = std::get_if<std::string>(&wanted.value)) return *id == given.id;
    if (wanted.kind == given.kind && wanted.members.empty()) return wanted.id == given.id;
  }
  return wanted.kind == given.kind && wanted.id == given.id && equal(wanted.value, given.value) &&
         std::ranges::equal(wanted.members, given.members, [](const auto& a, const auto& b) {
           return a.first == b.first && stands_for(a.second, b.second);
         });
}

}  // namespace

ConditionError::~ConditionError() = default;

std::vector<std::string> factors(const Space& space) {
  std::vector<std::string> paths;
  auto add = [&](const std::string& path) {
    if (std::ranges::find(paths, path) == paths.end()) paths.push_back(path);
  };
  for (const Axis& axis : space.axes) add(axis.path);
  if (!space.name.empty()) add(space.name);
  for (const Space& part : space.parts) std::ranges::for_each(factors(part), add);
  return paths;
}

std::vector<Problem> check(const Space& space) {
  std::vector<Problem> problems;
  check_in(space, problems);
  return problems;
}

std::vector<Problem> repeats(const Space& space) {
  std::vector<Problem> found;
  const auto add = [&](std::set<std::string>& seen, const std::string& value, const Setting& setting,
                       const std::string& what) {
    if (!seen.insert(value).second)
      found.push_back({setting.origin, what + " stands twice; equal ones make one row"});
  };
  if (space.operation == SpaceOperation::grid) {
    for (const Axis& axis : space.axes) {
      std::set<std::string> seen;
      for (const Setting& value : axis.values)
        add(seen, text_of(value), value, fmt::format("{}: {}", axis.path, text_of(value)));
    }
  } else if (space.operation == SpaceOperation::zip && !space.axes.empty()) {
    std::set<std::string> seen;
    for (std::size_t i = 0; i < space.axes[0].values.size(); ++i) {
      std::vector<std::string> side_by_side;
      for (const Axis& axis : space.axes)
        side_by_side.push_back(fmt::format("{} = {}", axis.path, text_of(axis.values[i])));
      const std::string values = fmt::format("{}", fmt::join(side_by_side, ", "));
      add(seen, values, space.axes[0].values[i], "zip: " + values);
    }
  }
  for (const Space& part : space.parts) std::ranges::move(repeats(part), std::back_inserter(found));
  return found;
}

std::vector<Point> expand(const Space& space, const std::function<void(std::size_t)>& charge) {
  return Expansion(charge).of(space, {});
}

std::vector<Point> single_values(const Space& space) {
  std::vector<Point> points;
  for (const Axis& axis : space.axes) {
    for (const Setting& value : axis.values) points.push_back({{axis.path, value}});
  }
  for (const NamedPoint& variant : space.variants) points.push_back(variant.point);
  for (const Space& part : space.parts) std::ranges::move(single_values(part), std::back_inserter(points));
  return points;
}

bool matches(const Point& point, const Point& wanted) {
  return std::ranges::all_of(wanted, [&](const Assignment& assignment) {
    if (const Assignment* found = point.find(assignment.path))
      return stands_for(assignment.setting, found->setting);
    std::vector<std::string> known;
    for (const Assignment& other : point) known.push_back(other.path);
    throw Error(ErrorKind::usage, assignment.setting.origin,
                fmt::format("{}: does not vary to the left of this condition{}", assignment.path,
                            did_you_mean(assignment.path, known)));
  });
}

}  // namespace spanlab::host
