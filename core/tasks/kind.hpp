// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tasks/decisions.hpp"
#include "tasks/sample.hpp"
#include "tasks/task_pass.hpp"

namespace spanlab::host {

/// What the items of a kind are called by, and what one of them is.
struct LabelSet {
  const std::vector<LabelType>& types;
  std::string_view item;  ///< `entity`, `relation`, …: for messages
};

/// One sentence whose training candidates are drawn.
struct Drawing {
  const Task& task;
  const Inventory& inventory;  ///< of the task's view
  const Sentence& sentence;
  const SpanSample* spans;  ///< drawn by the task that gives the spans; null if none is needed
  Generator& generator;     ///< the task's own

  const Annotation& gold() const { return sentence.views[task.view]; }
};

/// Drawn candidates of one sentence that are to be labelled.
struct Labelling {
  const Task& task;
  const Sentence& sentence;
  const Drawn& drawn;
  const SpanSample* spans;  ///< as of Drawing
  std::size_t types;        ///< TaskKind::types()

  const Annotation& gold() const { return sentence.views[task.view]; }
};

/// The samples of a batch, one per sentence; a task's own stands at `task_index`.
struct BatchSamples {
  std::span<const SentenceSample> sentences;
  std::size_t task_index;

  const TaskSample& of(std::size_t sentence) const { return sentences[sentence][task_index]; }
};

/// The gold annotations of a batch: one per sentence, of the task's view.
SPANLAB_API std::vector<const Annotation*> gold_of(const Batch& batch, const Task& task);

/// What kinds whose samples are DrawnSpans and whose candidates are these spans place().
SPANLAB_API Placed drawn_spans(const TaskPass& pass, const BatchSamples& samples);

/// A kind of task: what its candidates are, and what is done with them on their way through training and
/// evaluation. One object serves all tasks of its kind and all threads; it keeps nothing. Spans, pairs and
/// words are three of them; to add one, write a class and put it into TaskKinds.
class SPANLAB_API TaskKind {
 public:
  virtual ~TaskKind();

  /// Whether tasks of this kind build on the spans that another task draws and decides on. One that does not
  /// begins a prediction of its own, to which the tasks over its spans add.
  virtual bool takes_spans() const;
  /// Whether each of its candidates is a span, so that heads over its spans can read its scores of them.
  virtual bool scores_spans() const;
  /// Whether its losses may give one value per sentence instead of one per candidate.
  virtual bool may_score_sentences() const;

  /// What can be decided.
  virtual LabelSet labels(const Inventory& inventory) const = 0;
  /// How many types candidates can have, which are the columns of targets. As it stands, one per label.
  virtual std::size_t types(const Inventory& inventory) const;
  /// The labels of an annotation's items.
  virtual std::vector<std::int32_t> gold_labels(const Annotation& gold) const = 0;

  /// Training: the candidates of a sentence, checked.
  virtual std::shared_ptr<const Drawn> draw(const Drawing& drawing) const = 0;
  /// Training: which gold types they have.
  virtual GoldTypes gold_types(const Labelling& labelling) const = 0;
  /// Training: has the task's labeler fill in their targets [candidates × types], zeros so far.
  virtual void label(const Labelling& labelling, std::span<float> targets) const = 0;
  /// Training: the drawn candidates of a batch in one piece.
  virtual Placed place(const TaskPass& pass, const BatchSamples& samples) const = 0;

  /// Evaluation: names all candidates, has them scored and collects the decisions, at most `pass.most`
  /// candidates at a time.
  virtual std::unique_ptr<TaskDecisions> decide(const TaskPass& pass) const = 0;
};

}  // namespace spanlab::host
