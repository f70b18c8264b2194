// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>

#include "study/builder.hpp"
#include "study/checks.hpp"
#include "study/resolve.hpp"

namespace spanlab::host {

/// The model that a study's points and ablations change: the script's, with what the command line and a
/// profile say instead.
class BaseModel {
 public:
  /// Builds and checks it. What is wrong is added to `problems`, which must outlive this.
  BaseModel(const Study& study, const Registry& registry, const CardIndex& cards, const Overrides& overrides,
            Problems& problems);

  const Configuration& configuration() const { return configuration_; }
  /// False where anything of it is wrong: no trial can be made from it then.
  bool is_whole() const { return is_whole_; }
  ConfigurationBuilder& builder() { return builder_; }
  const Registry& registry() const { return registry_; }
  const CardIndex& cards() const { return cards_; }

  /// Checks a configuration that differs from this one by `point`.
  void check(const Configuration& configuration, const Point& point);

  /// The place in the script of the nearest thing above a path that has one, of a configuration that differs
  /// by `point`. The point must outlive what is returned.
  PlaceOf place_of(const Point& point) const;

  /// Where each value came from; paths that vary name their place in the space as well.
  std::map<std::string, Origin> origins() const;

 private:
  void override_by_command_line(const Overrides& overrides);
  void override_by(const Assignment& assignment);
  void apply_profile(const std::string& name);
  void take_first_fold();
  void check_profiles(const Overrides& overrides);
  void check_variant_names();

  const Study& study_;
  const Registry& registry_;
  const CardIndex& cards_;
  Problems& problems_;
  ConfigurationBuilder builder_;
  Configuration configuration_;
  bool is_whole_ = false;
};

}  // namespace spanlab::host
