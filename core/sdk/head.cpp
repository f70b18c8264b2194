// SPDX-License-Identifier: MIT
#include "spanlab/head.hpp"

#include "sdk/answers.hpp"

namespace spanlab {

Head::~Head() = default;

bool Head::do_reads_spans_outputs() const { return false; }
std::string Head::do_task_kind() const {
  if (kind() == HeadKind::spans) return "spans";
  return kind() == HeadKind::pairs ? "pairs" : "words";
}
at::Tensor Head::do_widths() const { return {}; }

HeadKind Head::kind() const {
  const Call call(context(), "kind");
  return call([&] { return do_kind(); });
}

std::vector<OutputShape> Head::outputs() const {
  const Call call(context(), "outputs");
  return call([&] { return do_outputs(); });
}

Outputs Head::forward(const Features& features, const Candidates& candidates, const Outputs& of_spans,
                      Pass& pass) {
  const Call call(context(), "forward");
  Outputs outputs = call([&] { return do_forward(features, candidates, of_spans, pass); });
  check_outputs(call, outputs, this->outputs(), candidates.size(), features.units);
  return outputs;
}

std::vector<Decision> Head::decode(const Outputs& outputs, const Candidates& candidates) const {
  const Call call(context(), "decode");
  std::vector<Decision> decisions = call([&] { return do_decode(outputs, candidates); });
  check_decisions(call, kind(), decisions, candidates);
  return decisions;
}

std::string Head::task_kind() const {
  const Call call(context(), "task_kind");
  return call([&] { return do_task_kind(); });
}

bool Head::reads_spans_outputs() const {
  const Call call(context(), "reads_spans_outputs");
  return call([&] { return do_reads_spans_outputs(); });
}

at::Tensor Head::widths() const {
  const Call call(context(), "widths");
  return call([&] { return do_widths(); });
}

}  // namespace spanlab
