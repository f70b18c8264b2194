// SPDX-License-Identifier: MIT
#include "model/parts.hpp"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>

namespace spanlab {

namespace {

using Tensors = std::vector<at::Tensor>;

/// A head's work over all pairs, part by part, in a form that a backward pass can do again.
class Parts : public torch::CustomClassHolder {
 public:
  Parts(Head& head, const Candidates& candidates, const Outputs& of_spans, std::int64_t most, Answerer who)
      : head_(head), candidates_(candidates), most_(most), who_(std::move(who)) {
    for (const auto& [name, scores] : of_spans) spans_outputs_.push_back(name);
  }

  // Features and outputs of the spans, in the order in which forward() takes them.
  static Tensors inputs(const Features& features, const Outputs& of_spans) {
    Tensors inputs{features.units, features.sentences};
    for (const auto& [name, scores] : of_spans) inputs.push_back(scores);
    return inputs;
  }
  std::size_t input_count() const { return 2 + spans_outputs_.size(); }

  /// One tensor per output of the head, all pairs end to end.
  Tensors forward(at::TensorList inputs, Pass& pass) {
    std::vector<Tensors> parts(head_.outputs().size());
    for (std::int64_t begin = 0; begin < candidates_.size(); begin += most_) {
      generators_.push_back(pass.generator);
      const Tensors scores = part(begin, inputs, pass);
      for (std::size_t i = 0; i < scores.size(); ++i) parts[i].push_back(scores[i]);
    }
    Tensors joined;
    for (const Tensors& output : parts) joined.push_back(at::cat(output));
    return joined;
  }

  /// Gradients of all inputs (features, outputs of the spans, parameters) from those of the outputs.
  Tensors backward(const Tensors& inputs, const Tensors& upstream) {
    const at::AutoGradMode with_gradients(true);
    Tensors leaves, wanted, gradients;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      leaves.push_back(i < input_count() ? inputs[i].detach().requires_grad_(inputs[i].requires_grad())
                                         : inputs[i]);
      if (leaves.back().requires_grad()) wanted.push_back(leaves.back());
    }
    for (std::size_t number = 0; number < generators_.size(); ++number) {
      const std::int64_t begin = static_cast<std::int64_t>(number) * most_;
      Generator again = generators_[number];
      Pass pass{Mode::training, again};
      Tensors scores = part(begin, leaves, pass), of_part;
      for (std::size_t i = 0; i < scores.size(); ++i)
        of_part.push_back(upstream[i].slice(0, begin, begin + scores[i].size(0)));
      Tensors found = torch::autograd::grad(scores, wanted, of_part, /*retain_graph=*/false,
                                            /*create_graph=*/false, /*allow_unused=*/true);
      if (gradients.empty())
        gradients = std::move(found);
      else
        for (std::size_t i = 0; i < found.size(); ++i) add(gradients[i], found[i]);
    }
    Tensors all;
    std::size_t next = 0;
    for (const at::Tensor& leaf : leaves)
      all.push_back(leaf.requires_grad() ? gradients[next++] : at::Tensor());
    return all;
  }

 private:
  static void add(at::Tensor& sum, const at::Tensor& more) {
    if (!more.defined()) return;
    sum = sum.defined() ? sum + more : more;
  }

  Tensors part(std::int64_t begin, at::TensorList inputs, Pass& pass) {
    const std::int64_t end = std::min(begin + most_, candidates_.size());
    Candidates candidates = candidates_;
    candidates.pairs = candidates_.pairs.slice(0, begin, end);
    candidates.contexts = candidates_.contexts.slice(0, begin, end);
    for (std::int64_t& offset : candidates.offsets) offset = std::clamp(offset, begin, end) - begin;
    Outputs of_spans;
    for (std::size_t i = 0; i < spans_outputs_.size(); ++i)
      of_spans.emplace(spans_outputs_[i], inputs[2 + i]);
    const Outputs outputs = head_.forward({inputs[0], inputs[1]}, candidates, of_spans, pass);
    const std::vector<OutputShape> shapes = head_.outputs();
    check_outputs(who_, outputs, shapes, end - begin);
    Tensors scores;
    for (const OutputShape& shape : shapes) scores.push_back(outputs.at(shape.name));
    return scores;
  }

  Head& head_;
  Candidates candidates_;
  std::int64_t most_;
  Answerer who_;
  std::vector<std::string> spans_outputs_;
  std::vector<Generator> generators_;  // as they stood before each part
};

struct InParts : torch::autograd::Function<InParts> {
  static Tensors forward(torch::autograd::AutogradContext* context, at::TensorList inputs,
                         const c10::intrusive_ptr<Parts>& parts, Pass* pass) {
    context->save_for_backward(inputs.vec());
    context->saved_data["parts"] = c10::IValue::make_capsule(parts);
    return parts->forward(inputs, *pass);
  }

  static Tensors backward(torch::autograd::AutogradContext* context, Tensors upstream) {
    auto parts = c10::static_intrusive_pointer_cast<Parts>(context->saved_data["parts"].toCapsule());
    Tensors gradients = parts->backward(context->get_saved_variables(), upstream);
    gradients.resize(gradients.size() + 2);  // nothing for `parts` and `pass`
    return gradients;
  }
};

}  // namespace

Outputs forward_in_parts(Head& head, const Tensors& parameters, const Features& features,
                         const Candidates& candidates, const Outputs& of_spans, Pass& pass, std::int64_t most,
                         const Answerer& who) {
  if (candidates.size() <= most) return head.forward(features, candidates, of_spans, pass);
  Tensors inputs = Parts::inputs(features, of_spans);
  inputs.insert(inputs.end(), parameters.begin(), parameters.end());
  const Tensors scores = InParts::apply(
      at::TensorList(inputs), c10::make_intrusive<Parts>(head, candidates, of_spans, most, who), &pass);
  Outputs outputs;
  const std::vector<OutputShape> shapes = head.outputs();
  for (std::size_t i = 0; i < shapes.size(); ++i) outputs.emplace(shapes[i].name, scores[i]);
  return outputs;
}

}  // namespace spanlab
