// SPDX-License-Identifier: MIT
#include "study/space.hpp"

#include <numeric>

#include "spanlab/generator.hpp"

namespace spanlab {

namespace {

using Points = std::vector<Point>;

[[noreturn]] void fail_too_many(const Space& space) {
  throw Error(ErrorKind::usage, space.origin, fmt::format("the space has more than {} points", kMostPoints));
}

void append(Points& points, Point point, const Space& space) {
  if (points.size() >= kMostPoints) fail_too_many(space);
  points.push_back(std::move(point));
}

Point joined(const Point& left, const Point& right) {
  Point point = left;
  point.insert(point.end(), right.begin(), right.end());
  return point;
}

bool depends_on_context(const Space& space) {
  return space.operation == SpaceOperation::when || std::ranges::any_of(space.parts, depends_on_context);
}

Points expand_in(const Space& space, const Point& context);

Points expand_grid(const Space& space) {
  Points points{Point{}};
  for (const Axis& axis : space.axes) {
    Points longer;
    for (const Point& point : points) {
      for (const Setting& value : axis.values) append(longer, joined(point, {{axis.path, value}}), space);
    }
    points = std::move(longer);
  }
  return points;
}

Points expand_zip(const Space& space) {
  Points points;
  std::size_t length = space.axes.empty() ? 0 : space.axes[0].values.size();
  for (std::size_t i = 0; i < length; ++i) {
    Point point;
    for (const Axis& axis : space.axes) point.push_back({axis.path, axis.values[i]});
    append(points, std::move(point), space);
  }
  return points;
}

Points expand_variants(const Space& space) {
  Points points;
  for (const NamedPoint& variant : space.variants) {
    append(points, joined({{space.name, {.origin = variant.origin, .kind = "variant", .id = variant.name}}}, variant.point), space);
  }
  return points;
}

Points expand_product(const Space& space, const Point& context) {
  Points points{Point{}};
  for (const Space& part : space.parts) {
    Points longer;
    std::optional<Points> same;
    if (!depends_on_context(part)) same = expand_in(part, context);
    for (const Point& point : points) {
      for (const Point& next : same ? *same : expand_in(part, joined(context, point))) append(longer, joined(point, next), space);
    }
    points = std::move(longer);
  }
  return points;
}

Points expand_union(const Space& space, const Point& context) {
  Points points;
  for (const Space& part : space.parts) {
    for (Point& point : expand_in(part, context)) append(points, std::move(point), space);
  }
  return points;
}

Points expand_sample(const Space& space, const Point& context) {
  Points all = expand_in(space.parts[0], context);
  std::size_t count = static_cast<std::size_t>(space.count);
  if (count > all.size()) {
    throw Error(ErrorKind::usage, space.origin, fmt::format("sample: asks for {} points of {}", space.count, all.size()));
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

Points expand_in(const Space& space, const Point& context) {
  switch (space.operation) {
    case SpaceOperation::grid: return expand_grid(space);
    case SpaceOperation::zip: return expand_zip(space);
    case SpaceOperation::product: return expand_product(space, context);
    case SpaceOperation::union_of: return expand_union(space, context);
    case SpaceOperation::variants: return expand_variants(space);
    case SpaceOperation::sample: return expand_sample(space, context);
    case SpaceOperation::when: return space.condition(context) ? expand_in(space.parts[0], context) : Points{Point{}};
    case SpaceOperation::where: break;
  }
  Points points = expand_in(space.parts[0], context);
  std::erase_if(points, [&](const Point& point) { return !space.condition(point); });
  return points;
}

using Places = std::map<std::string, Origin>;

// Adds the paths of one part of a product or one axis of a grid.
void add_paths(Places& known, const Places& added, std::vector<Problem>& problems) {
  for (const auto& [path, origin] : added) {
    auto [found, is_new] = known.emplace(path, origin);
    if (!is_new) problems.push_back({origin, fmt::format("{}: two spaces on one path; it varies already at {}", path, found->second)});
  }
}

Places check_in(const Space& space, std::vector<Problem>& problems) {
  Places paths;
  for (const Axis& axis : space.axes) {
    add_paths(paths, {{axis.path, axis.origin}}, problems);
    if (axis.values.empty()) problems.push_back({axis.origin, axis.path + ": expected at least one value"});
    if (space.operation == SpaceOperation::zip && axis.values.size() != space.axes[0].values.size()) {
      problems.push_back({axis.origin, fmt::format("{}: zip needs lists of one length; {} values here, {} for {}", axis.path, axis.values.size(),
                                                   space.axes[0].values.size(), space.axes[0].path)});
    }
  }
  if (!space.name.empty()) paths.emplace(space.name, space.origin);
  for (const NamedPoint& variant : space.variants) {
    for (const Assignment& assignment : variant.point) paths.emplace(assignment.path, assignment.setting.origin);
  }
  for (const Space& part : space.parts) {
    Places of_part = check_in(part, problems);
    if (space.operation == SpaceOperation::union_of) paths.merge(of_part);
    else add_paths(paths, of_part, problems);
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
         std::ranges::equal(wanted.members, given.members, [](const auto& a, const auto& b) { return a.first == b.first && stands_for(a.second, b.second); });
}

}  // namespace

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

std::vector<Point> expand(const Space& space) { return expand_in(space, {}); }

bool matches(const Point& point, const Point& wanted) {
  return std::ranges::all_of(wanted, [&](const Assignment& assignment) {
    auto found = std::ranges::find(point, assignment.path, &Assignment::path);
    if (found != point.end()) return stands_for(assignment.setting, found->setting);
    std::vector<std::string> known;
    for (const Assignment& other : point) known.push_back(other.path);
    throw Error(ErrorKind::usage, assignment.setting.origin,
                fmt::format("{}: does not vary to the left of this condition{}", assignment.path, did_you_mean(assignment.path, known)));
  });
}

}  // namespace spanlab
