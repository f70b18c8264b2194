// SPDX-License-Identifier: MIT
#pragma once

#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "spanlab/export.hpp"
#include "spanlab/parameters.hpp"

namespace spanlab::host {

/// Where a value came from, as messages and `show --origin` print it: `experiments/negatives.lua:12`,
/// `--set`, `profile quick`, `default`.
using Origin = std::string;

/// A value as a script gives it, not yet checked against any schema: a parameter's value, a component with
/// its parameters, or a table of named settings.
struct Setting {
  Origin origin;
  std::string
      kind;  ///< `encoder`, `head`, `loss`, `sampler`, `labeler`, `data`, `task`, `variant`; empty otherwise
  std::string id;                          ///< of a component; the name of a data set or a variant
  Value value;                             ///< of a parameter; `monostate` for a component or a table
  std::map<std::string, Setting> members;  ///< of a component or a table
  bool reported = false;                   ///< it is wrong, and the problem has been told already

  /// Which of several named sets of changes a point has, at the path that is their common name. It is no part
  /// of the configuration.
  bool is_variant() const { return kind == "variant"; }
  bool is_value() const { return value.index() != 0; }
  /// An empty table of a script: it may stand for an empty list.
  bool is_empty_table() const { return !is_value() && kind.empty() && members.empty(); }
};

/// The setting as a script could write it, the same for equal ones: `5`, `"linear"`, `encoder "birnn" {
/// layers = 2 }`.
SPANLAB_API std::string text_of(const Setting& setting);

/// A path of the configuration and what it is set to.
struct Assignment {
  std::string path;
  Setting setting;
};

/// What differs from the base model: a point of the space, an entry of `ablate`, a profile. Copies share
/// their assignments, so that a space holds each value once, however many points it has.
class SPANLAB_API Point {
 public:
  class Iterator {
   public:
    using value_type = Assignment;
    using difference_type = std::ptrdiff_t;
    Iterator() = default;
    explicit Iterator(const std::shared_ptr<const Assignment>* at) : at_(at) {}
    const Assignment& operator*() const { return **at_; }
    const Assignment* operator->() const { return at_->get(); }
    Iterator& operator++() { return ++at_, *this; }
    Iterator operator++(int) { return Iterator(at_++); }
    bool operator==(const Iterator&) const = default;

   private:
    const std::shared_ptr<const Assignment>* at_ = nullptr;
  };

  Point() = default;
  Point(std::initializer_list<Assignment> assignments);
  void push_back(Assignment assignment);
  /// This one's assignments, then the other's.
  Point joined(const Point& other) const;
  /// Components before what lies below them.
  Point outermost_first() const;

  Iterator begin() const { return Iterator(assignments_.data()); }
  Iterator end() const { return Iterator(assignments_.data() + assignments_.size()); }
  bool empty() const { return assignments_.empty(); }
  std::size_t size() const { return assignments_.size(); }
  /// The assignment of a path, or null.
  const Assignment* find(std::string_view path) const;

 private:
  std::vector<std::shared_ptr<const Assignment>> assignments_;
};

/// A point with a name: an entry of `ablate` or of `variants`.
struct NamedPoint {
  std::string name;
  Origin origin;
  Point point;
};

}  // namespace spanlab::host
