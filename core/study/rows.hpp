// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "store/plan.hpp"
#include "study/base_model.hpp"
#include "study/identity.hpp"
#include "study/score_checks.hpp"

namespace spanlab::host {

/// A row of a study before its labels are known.
struct Row {
  std::shared_ptr<const Configuration> configuration;
  SharedJson identity;
  std::string key;                              ///< the same for rows of one configuration and identity
  std::vector<std::string> trials;              ///< their hashes, in the order of the seeds
  std::string ablation;                         ///< name of the entry; empty for a point of the space
  Point changes;                                ///< of an ablation
  std::map<std::string, std::string> variants;  ///< which the point has, by their common name
};

/// The rows of a study: its points, then the base model if it is none of them and there are ablations, then
/// these.
class Rows {
 public:
  Rows(const Study& study, const std::vector<std::int64_t>& seeds, BaseModel& base, Identities& identities,
       ScoreChecks& scores, Problems& problems, Problems& warnings)
      : study_(study),
        seeds_(seeds),
        base_(base),
        identities_(identities),
        scores_(scores),
        problems_(problems),
        warnings_(warnings) {}

  /// Makes them all. What is wrong is a problem; beyond kMostTrials no more are made.
  void add_all();

  const std::vector<Row>& list() const { return rows_; }
  std::vector<Row> take() { return std::move(rows_); }

  /// What stands for a configuration and its identity.
  std::string key_of(Configuration configuration);

 private:
  // A row of the space by its key.
  struct Place {
    std::size_t row = 0;
    const Point* point = nullptr;
  };

  std::size_t most() const { return kMostTrials / std::max<std::size_t>(seeds_.size(), 1); }
  bool fits(std::size_t rows);
  std::optional<Row> row(const Point& point);
  std::optional<Configuration> changed(const Point& changes, Row& row);
  void complete(Configuration& configuration) const;
  void add_point(const Point& point);
  void warn_of_equal_values(const Point& first, const Point& second);
  void add_ablations();
  std::optional<Row> ablation(const NamedPoint& entry, const std::optional<Row>& base);

  const Study& study_;
  const std::vector<std::int64_t>& seeds_;
  BaseModel& base_;
  Identities& identities_;
  ScoreChecks& scores_;
  Problems& problems_;
  Problems& warnings_;
  std::vector<Row> rows_;
  std::map<std::string, Place> places_;
};

}  // namespace spanlab::host
