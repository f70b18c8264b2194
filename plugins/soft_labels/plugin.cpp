// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <memory>

#include "soft_labels/kernels.hpp"
#include "soft_labels/views.hpp"
#include "spanlab/error.hpp"
#include "spanlab/labeler.hpp"
#include "spanlab/plugin.hpp"

namespace spanlab {

namespace {

/// Labels candidate after candidate in double precision: what the labelers here have in common.
class RowLabeler : public SoftLabeler {
 public:
  void do_label_spans(const Sentence& sentence, std::size_t view, const SpanSample& sample, std::size_t types,
                      std::span<float> targets) const override {
    for (std::size_t row = 0; row < sample.spans.size(); ++row) {
      write(row, types, targets, own_entity_types(sentence.views[view], sample, row),
            [&](const OtherView& other) { return other.of_span(sentence, sample.spans[row]); });
    }
  }

  void do_label_pairs(const Sentence& sentence, std::size_t view, const SpanSample& spans,
                      const PairSample& sample, std::size_t types, std::span<float> targets) const override {
    for (std::size_t row = 0; row < sample.pairs.size(); ++row) {
      const Pair& pair = sample.pairs[row];
      write(row, types, targets, own_relation_types(sentence.views[view], sample, row),
            [&](const OtherView& other) {
              return other.of_pair(sentence, spans.spans[pair.head], spans.spans[pair.tail]);
            });
    }
  }

 protected:
  using InOtherView = std::function<Types(const OtherView&)>;
  virtual void label(const Types& own, const InOtherView& types_in, std::span<double> target) const = 0;

 private:
  void write(std::size_t row, std::size_t types, std::span<float> targets, const Types& own,
             const InOtherView& types_in) const {
    std::vector<double> target(types, 0);
    label(own, types_in, target);
    std::ranges::copy(target, targets.begin() + static_cast<std::ptrdiff_t>(row * types));
  }
};

class Smoothing : public RowLabeler {
 public:
  Smoothing(const Parameters& parameters, const LabelerSetup&) : epsilon_(parameters.number("epsilon")) {}

 protected:
  void label(const Types& own, const InOtherView&, std::span<double> target) const override {
    smoothing(own, epsilon_, target);
  }

 private:
  double epsilon_;
};

class Mixture : public RowLabeler {
 public:
  Mixture(const Parameters& parameters, const LabelerSetup& setup)
      : other_(parameters.text("other_view"), setup), weight_(parameters.number("weight")) {}

 protected:
  void label(const Types& own, const InOtherView& types_in, std::span<double> target) const override {
    add_mean_of_one_hots(own, weight_, target);
    add_mean_of_one_hots(types_in(other_), 1 - weight_, target);
  }

 private:
  OtherView other_;
  double weight_;
};

class Agreement : public RowLabeler {
 public:
  Agreement(const Parameters& parameters, const LabelerSetup& setup)
      : other_(parameters.text("other_view"), setup),
        levels_{parameters.number("high"), parameters.number("medium"), parameters.number("low"),
                parameters.number("conflict"),
                parameters.text("rest") == "paper" ? Rest::paper : Rest::shared} {
    const double sum = levels_.low + levels_.conflict;
    if (sum > 1 + 1e-9) {
      throw Error(ErrorKind::usage, "conflict",
                  fmt::format("expected at most 1 together with `low`, got {}", sum));
    }
  }

 protected:
  void label(const Types& own, const InOtherView& types_in, std::span<double> target) const override {
    if (!own.empty()) agreement(own, types_in(other_), levels_, target);
  }

 private:
  OtherView other_;
  AgreementLevels levels_;
};

template <typename Labeler>
std::unique_ptr<SoftLabeler> make(const Parameters& parameters, const LabelerSetup& setup) {
  if (setup.kind == HeadKind::words) {
    throw Error(ErrorKind::usage, "",
                "labels spans and pairs alone; expected the labeler 'hard' for a tagging task");
  }
  return std::make_unique<Labeler>(parameters, setup);
}

Schema with_other(Schema schema) {
  return schema
      .text("other_view", "",
            "the view to compare with, its types matched by name; empty: the only other view of the data set")
      .view();
}

Schema smoothing_schema() {
  return Schema()
      .number("epsilon", 0.1,
              "share of a labelled candidate's target that all types get alike (Szegedy et al. 2016); "
              "negatives stay zero")
      .range(0, 1);
}

Schema mixture_schema() {
  return with_other(
      Schema()
          .number("weight", 0.5,
                  "share of the task's own view, the rest is the other's; not rescaled where one view has "
                  "no type, so that silence counts as a vote for none")
          .range(0, 1));
}

Schema agreement_schema() {
  return with_other(
      Schema()
          .number("high", 0.9,
                  "target of a type that the other view gives too; the levels are those of Pham et al. "
                  "(2023, arXiv 2312.15751)")
          .range(0, 1)
          .number("medium", 0.8,
                  "target of a type where the other view gives none; types of the other view that have no "
                  "namesake in the task's own count as none, for Pham et al. keep shared types alone")
          .range(0, 1)
          .number("low", 0.6, "target of a type where the other view gives others only")
          .range(0, 1)
          .number("conflict", 0.31,
                  "at the low level, target of the other view's types (their mean if there are several)")
          .range(0, 1)
          .text("rest", "paper",
                "target of every other type, an equal share of what is missing to 1: `paper` as if there "
                "were five types, as Pham et al. have it, which is "
                "0.025, 0.05 and 0.03 by the default levels and sums to 1 for five types alone, `shared` as "
                "there are")
          .choices({"paper", "shared"}));
}

}  // namespace

}  // namespace spanlab

SPANLAB_PLUGIN("soft_labels", "0.1.0", "the Spanlab authors") {
  using namespace spanlab;
  registrar.labeler(
      {"smoothing", "one-hot targets with a share spread over all types", smoothing_schema(), 1},
      make<Smoothing>);
  registrar.labeler({"mixture", "weighted mean of what two views say", mixture_schema(), 1}, make<Mixture>);
  registrar.labeler(
      {"agreement", "targets by the level of agreement between two views", agreement_schema(), 1},
      make<Agreement>);
}
