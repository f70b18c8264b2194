// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "spanlab/batch.hpp"
#include "spanlab/candidates.hpp"
#include "spanlab/context.hpp"
#include "spanlab/export.hpp"
#include "spanlab/loss.hpp"
#include "spanlab/module.hpp"

namespace spanlab {

class Head;

/// A named output and its number of columns. Each output has exactly one loss.
struct OutputShape {
  std::string name;
  std::int64_t columns = 0;
};

/// What a head is built from.
struct HeadSetup {
  std::int64_t width = 0;  ///< H of the features that it will see
  const Inventory& inventory;
  /// Outputs of the task that gives it spans; empty unless this is a head over pairs.
  std::vector<OutputShape> spans_outputs;
  at::Tensor spans_widths;  ///< that task's table of width embeddings, to be shared; undefined if it has none
  Generator& generator;     ///< for initial weights
  /// Of the task that gives it spans; one that tags words has no outputs per span.
  HeadKind spans_kind = HeadKind::spans;
  std::shared_ptr<Head> inner = {};  ///< see Schema::component
  Context context = {};
};

/// One decision of a head: candidate `row` (a span or a pair) has `type` with `score` in [0,1].
/// A tagging head, whose candidates are words, fills `span` with what it assembled, and `row` is the span's
/// first word; others leave `span` as the candidate's (for a pair: the head's).
struct Decision {
  std::int64_t row = 0;
  std::int64_t sentence = 0;
  Span span;
  std::int32_t type = 0;
  float score = 0;
};

/// Scores candidates and turns scores into annotations.
///
/// forward() must give the same for the same input and generator: of many pairs it runs twice, the second
/// time on the way back.
class SPANLAB_API Head : public Module, public Component {
 public:
  ~Head() override;

  /// What it classifies.
  HeadKind kind() const;

  /// Its outputs, at least one, each name once.
  std::vector<OutputShape> outputs() const;

  /// Scores of every candidate: [N,columns] (of pairs [M,columns]) for all that outputs() lists. What else is
  /// there belongs to the head and not to candidates (a CRF's transitions); its losses and decode() get it
  /// too. `of_spans`: outputs of the task that gives the spans, rows as `candidates.places`; empty for span
  /// heads and for heads that do not ask for them. Must accept zero candidates.
  Outputs forward(const Features& features, const Candidates& candidates, const Outputs& of_spans,
                  Pass& pass);

  /// Decisions from the outputs of an evaluation pass, ordered by row, then type.
  std::vector<Decision> decode(const Outputs& outputs, const Candidates& candidates) const;

  /// The kind of task that it is made for, by the name under which the host knows it.
  std::string task_kind() const;

  /// True if `forward` reads `of_spans`.
  bool reads_spans_outputs() const;

  /// Its table of width embeddings [widths, dimensions] (row = width in words), which the heads over its
  /// spans may share; undefined if it has none.
  at::Tensor widths() const;

 protected:
  virtual HeadKind do_kind() const = 0;
  virtual std::vector<OutputShape> do_outputs() const = 0;
  virtual Outputs do_forward(const Features& features, const Candidates& candidates, const Outputs& of_spans,
                             Pass& pass) = 0;
  virtual std::vector<Decision> do_decode(const Outputs& outputs, const Candidates& candidates) const = 0;
  /// As it stands, that of kind(): `spans`, `pairs` or `words`. Another one draws, places and collects
  /// candidates in a way of its own; kind() says then what they are to losses, samplers and labelers.
  virtual std::string do_task_kind() const;
  /// As it stands: false.
  virtual bool do_reads_spans_outputs() const;
  /// As it stands: undefined.
  virtual at::Tensor do_widths() const;
};

}  // namespace spanlab
