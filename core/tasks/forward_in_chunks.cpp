// SPDX-License-Identifier: MIT
#include "tasks/forward_in_chunks.hpp"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>

namespace spanlab::host {

namespace {

using Tensors = std::vector<at::Tensor>;

/// A head's work over all pairs, chunk by chunk, in a form that a backward pass can do again.
class Chunks : public torch::CustomClassHolder {
 public:
  Chunks(Head& head, const Candidates& candidates, const Outputs& of_spans, std::int64_t most)
      : head_(head), candidates_(candidates), most_(most) {
    for (const auto& [name, scores] : of_spans) spans_outputs_.push_back(name);
  }

  // Features and outputs of the spans, in the order in which forward() takes them.
  static Tensors inputs(const Features& features, const Outputs& of_spans) {
    Tensors inputs{features.units, features.sentences};
    for (const auto& [name, scores] : of_spans) inputs.push_back(scores);
    return inputs;
  }

  /// One tensor per output of the head, all pairs end to end.
  Tensors forward(at::TensorList inputs, Pass& pass) {
    std::vector<Tensors> chunks(head_.outputs().size());
    for (std::int64_t begin = 0; begin < candidates_.size(); begin += most_) {
      generators_.push_back(pass.generator);
      const Tensors scores = chunk(begin, inputs, pass);
      for (std::size_t i = 0; i < scores.size(); ++i) chunks[i].push_back(scores[i]);
    }
    Tensors joined;
    for (const Tensors& output : chunks) joined.push_back(at::cat(output));
    return joined;
  }

  /// Gradients of all inputs (features, outputs of the spans, parameters) from those of the outputs.
  Tensors backward(const Tensors& inputs, const Tensors& upstream) {
    const at::AutoGradMode with_gradients(true);
    const Tensors leaves = leaves_of(inputs);
    Tensors wanted, gradients;
    std::ranges::copy_if(leaves, std::back_inserter(wanted), &at::Tensor::requires_grad);
    for (std::size_t number = 0; number < generators_.size(); ++number) {
      Tensors found = of_chunk(number, leaves, wanted, upstream);
      gradients.resize(found.size());
      for (std::size_t i = 0; i < found.size(); ++i) add(gradients[i], found[i]);
    }
    return at_their_places(gradients, leaves);
  }

 private:
  static void add(at::Tensor& sum, const at::Tensor& more) {
    if (!more.defined()) return;
    sum = sum.defined() ? sum + more : more;
  }

  // What a chunk's own graph ends in. Features and outputs of the spans have a history of their own, which
  // the pass around this one follows: here they are cut off from it. Parameters have none.
  Tensors leaves_of(const Tensors& inputs) const {
    Tensors leaves;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const bool has_history = i < 2 + spans_outputs_.size();
      leaves.push_back(has_history ? inputs[i].detach().requires_grad_(inputs[i].requires_grad())
                                   : inputs[i]);
    }
    return leaves;
  }

  // Computes the chunk again, with the random numbers of the first time, and goes back through it.
  Tensors of_chunk(std::size_t number, const Tensors& leaves, const Tensors& wanted,
                   const Tensors& upstream) {
    const std::int64_t begin = static_cast<std::int64_t>(number) * most_;
    Generator again = generators_[number];
    Pass pass{Mode::training, again};
    const Tensors scores = chunk(begin, leaves, pass);
    Tensors of_scores;
    for (std::size_t i = 0; i < scores.size(); ++i)
      of_scores.push_back(upstream[i].slice(0, begin, begin + scores[i].size(0)));
    return torch::autograd::grad(scores, wanted, of_scores, /*retain_graph=*/false,
                                 /*create_graph=*/false, /*allow_unused=*/true);
  }

  static Tensors at_their_places(const Tensors& gradients, const Tensors& leaves) {
    Tensors all;
    std::size_t next = 0;
    for (const at::Tensor& leaf : leaves)
      all.push_back(leaf.requires_grad() ? gradients[next++] : at::Tensor());
    return all;
  }

  Candidates candidates_from(std::int64_t begin) const {
    const std::int64_t end = std::min(begin + most_, candidates_.size());
    Candidates candidates = candidates_;
    candidates.pairs = candidates_.pairs.slice(0, begin, end);
    candidates.contexts = candidates_.contexts.slice(0, begin, end);
    for (std::int64_t& offset : candidates.offsets) offset = std::clamp(offset, begin, end) - begin;
    return candidates;
  }

  Tensors chunk(std::int64_t begin, at::TensorList inputs, Pass& pass) {
    const Candidates candidates = candidates_from(begin);
    Outputs of_spans;
    for (std::size_t i = 0; i < spans_outputs_.size(); ++i)
      of_spans.emplace(spans_outputs_[i], inputs[2 + i]);
    const Outputs outputs = head_.forward({inputs[0], inputs[1]}, candidates, of_spans, pass);
    Tensors scores;
    for (const OutputShape& shape : head_.outputs()) scores.push_back(outputs.at(shape.name));
    return scores;
  }

  Head& head_;
  Candidates candidates_;
  std::int64_t most_;
  std::vector<std::string> spans_outputs_;
  std::vector<Generator> generators_;  // as they stood before each chunk
};

struct InChunks : torch::autograd::Function<InChunks> {
  static Tensors forward(torch::autograd::AutogradContext* context, at::TensorList inputs,
                         const c10::intrusive_ptr<Chunks>& chunks, Pass* pass) {
    context->save_for_backward(inputs.vec());
    context->saved_data["chunks"] = c10::IValue::make_capsule(chunks);
    return chunks->forward(inputs, *pass);
  }

  static Tensors backward(torch::autograd::AutogradContext* context, Tensors upstream) {
    const auto chunks = c10::static_intrusive_pointer_cast<Chunks>(context->saved_data["chunks"].toCapsule());
    Tensors gradients = chunks->backward(context->get_saved_variables(), upstream);
    gradients.resize(gradients.size() + 2);  // nothing for `chunks` and `pass`
    return gradients;
  }
};

}  // namespace

Outputs forward_in_chunks(Head& head, const Tensors& parameters, const Features& features,
                          const Candidates& candidates, const Outputs& of_spans, Pass& pass,
                          std::int64_t most) {
  if (candidates.size() <= most) return head.forward(features, candidates, of_spans, pass);
  Tensors inputs = Chunks::inputs(features, of_spans);
  inputs.insert(inputs.end(), parameters.begin(), parameters.end());
  const auto chunks = c10::make_intrusive<Chunks>(head, candidates, of_spans, most);
  const Tensors scores = InChunks::apply(at::TensorList(inputs), chunks, &pass);
  Outputs outputs;
  const std::vector<OutputShape> shapes = head.outputs();
  for (std::size_t i = 0; i < shapes.size(); ++i) outputs.emplace(shapes[i].name, scores[i]);
  return outputs;
}

}  // namespace spanlab::host
