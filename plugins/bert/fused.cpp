// SPDX-License-Identifier: MIT
#include "bert/fused.hpp"

#include <ATen/ATen.h>
#include <ATen/core/LegacyTypeDispatch.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>

#include "bert/kernels.hpp"
#include "bert/layer.hpp"

namespace spanlab::bert {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// One pass and what its backward pass needs.
struct Run : torch::CustomClassHolder {
  const Network& network;
  LayerContext context;
  Masks masks;
  at::Tensor ids, positions;
  std::shared_ptr<Workspace> workspace;
  bool training = false;
  at::Tensor embedded_normal, embedded_scale;
  std::vector<LayerTape> tapes;

  Run(const Network& network, const Batch& batch, Pass& pass, std::shared_ptr<Workspace> workspace)
      : network(network),
        context{network.config, batch.unit_offsets},
        masks(network.config, batch.size(), pass),
        ids(batch.ids.contiguous()),
        positions(batch.positions.contiguous()),
        workspace(std::move(workspace)) {}

  at::Tensor forward(Memory& activations);
  variable_list backward(const at::Tensor& gradient);

 private:
  void embed(const at::Tensor& output);
  void embed_backward(const at::Tensor& gradient, variable_list& results);
  void weight_gradients(const std::vector<LayerFlow>& flows, std::vector<LayerGradients>& gradients) const;
};

Block whole(const at::Tensor& tensor) { return {tensor.size(0), tensor.size(1), tensor.size(1)}; }

Norm embedding_norm(const Network& network) {
  return {data(network.norm.weight), data(network.norm.bias),
          static_cast<float>(network.config.layer_norm_eps)};
}

// The parameters in the order in which gradients are returned.
std::vector<at::Tensor> parameters_of(const Network& network) {
  std::vector<at::Tensor> all{network.words, network.positions, network.types, network.norm.weight,
                              network.norm.bias};
  for (const Layer& layer : network.layers) {
    for (const Affine* part :
         {&layer.query, &layer.key, &layer.value, &layer.attention_output, &layer.attention_norm,
          &layer.intermediate, &layer.output, &layer.output_norm}) {
      all.insert(all.end(), {part->weight, part->bias});
    }
  }
  return all;
}

void Run::embed(const at::Tensor& output) {
  const std::int64_t width = network.config.hidden_size;
  const std::int64_t *id = ids.const_data_ptr<std::int64_t>(),
                     *position = positions.const_data_ptr<std::int64_t>();
  const float *words = data(network.words), *places = data(network.positions), *types = data(network.types);
  for (std::int64_t u = 0; u < context.units(); ++u) {
    float* row = data(output) + u * width;
    for (std::int64_t c = 0; c < width; ++c)
      row[c] = words[id[u] * width + c] + types[c] + places[position[u] * width + c];
  }
  add_and_norm(data(output), nullptr, nullptr, {}, embedding_norm(network), whole(output),
               data(embedded_normal), data(embedded_scale), data(output));
  apply_mask(data(output), masks.embeddings, whole(output));
}

at::Tensor Run::forward(Memory& activations) {
  at::AutoDispatchBelowADInplaceOrView no_detour;
  const std::int64_t units = context.units(), width = network.config.hidden_size;
  const std::int64_t layers = network.config.num_hidden_layers, tape_count = training ? layers : 2;
  // Without a backward pass two tapes serve all layers in turn: a layer reads one and writes the next one's
  // input.
  activations.begin(tape_count * tape_size(context, training) + (width + 1) * units + 32);
  embedded_normal = activations.take(units, width);
  embedded_scale = activations.take(units, 1);
  for (std::int64_t i = 0; i < tape_count; ++i) tapes.push_back(take_tape(context, activations, training));
  at::Tensor scratch = at::empty({units, width}, at::kFloat), result = at::empty({units, width}, at::kFloat);
  embed(tapes[0].input);
  for (std::int64_t i = 0; i < layers; ++i) {
    LayerTape& tape = tapes[i % tape_count];
    layer_forward(context, network.layers[i], masks.layers[i], tape, scratch,
                  i + 1 < layers ? tapes[(i + 1) % tape_count].input : result);
  }
  return result;
}

// The gradients of the weights wait until the gradients of all layers' products are known: then every product
// is a task of its own, no thread waits for another, and each gradient is written once, where it stays. The
// largest go first, so that the threads end together.
void Run::weight_gradients(const std::vector<LayerFlow>& flows,
                           std::vector<LayerGradients>& gradients) const {
  struct Task {
    at::Tensor out, of_product, input;
  };
  const at::ScalarType type = product_weights(network.layers.front()).output.scalar_type();
  std::vector<Task> tasks;
  for (std::size_t i = 0; i < flows.size(); ++i) {
    tasks.push_back({gradients[i].output.weight, flows[i].of_output, tapes[i].inner});
    tasks.push_back({gradients[i].intermediate.weight, flows[i].of_inner, tapes[i].attended});
    tasks.push_back({gradients[i].qkv.weight, flows[i].of_qkv, tapes[i].input});
    tasks.push_back({gradients[i].attention_output.weight, flows[i].of_attended, tapes[i].context});
  }
  std::ranges::stable_sort(tasks, std::greater(), [](const Task& task) { return task.out.numel(); });
  parallel_tasks(static_cast<std::int64_t>(tasks.size()), [&](std::int64_t i) {
    product_of_rows(tasks[i].out, tasks[i].of_product, tasks[i].input, type);
  });
}

void Run::embed_backward(const at::Tensor& gradient, variable_list& results) {
  const std::int64_t width = network.config.hidden_size, units = context.units();
  apply_mask(data(gradient), masks.embeddings, whole(gradient));
  at::Tensor of_sum = at::empty({units, width}, at::kFloat), sums = at::zeros({3, width}, at::kFloat);
  add_and_norm_backward(data(gradient), data(embedded_normal), data(embedded_scale), {},
                        embedding_norm(network), whole(gradient), data(gradient), data(of_sum), data(sums));
  at::Tensor of_positions = at::zeros_like(network.positions), of_types = at::zeros_like(network.types);
  const std::int64_t* position = positions.const_data_ptr<std::int64_t>();
  // One thread, in order: several units may stand at the same position.
  for (std::int64_t u = 0; u < units; ++u)
    add_column_sums(data(of_sum) + u * width, {1, width, width}, data(of_positions) + position[u] * width);
  std::copy_n(data(sums) + 2 * width, width, data(of_types));
  // Of the words a batch has few: their gradient is sparse. The type embedding is added to every unit like a
  // bias, so its gradient is what add_and_norm_backward gives for the bias.
  results = {at::_sparse_coo_tensor_unsafe(ids.unsqueeze(0), of_sum, network.words.sizes()), of_positions,
             of_types, sums[0].clone(), sums[1].clone()};
}

variable_list Run::backward(const at::Tensor& given) {
  at::AutoDispatchBelowADInplaceOrView no_detour;
  const std::int64_t layers = network.config.num_hidden_layers;
  at::Tensor gradient = given.clone(at::MemoryFormat::Contiguous);
  std::vector<LayerFlow> flows;
  workspace->scratch.begin(layers * flow_size(context));
  std::int64_t size = 0;
  for (const at::Tensor& parameter : parameters_of(network)) size += parameter.numel() + 16;
  workspace->gradients.begin(size - network.words.numel());
  Memory& memory = workspace->gradients;
  auto take = [&](const Affine& like) -> Affine {
    return {memory.take_like(like.weight), memory.take(1, like.bias.numel()).view(-1)};
  };
  std::vector<LayerGradients> gradients;
  for (std::int64_t i = 0; i < layers; ++i) {
    const Layer& layer = network.layers[i];
    flows.push_back(take_flow(context, workspace->scratch));
    gradients.push_back({take(joined(layer)), take(layer.attention_output), take(layer.attention_norm),
                         take(layer.intermediate), take(layer.output), take(layer.output_norm)});
  }
  for (std::int64_t i = layers - 1; i >= 0; --i)
    layer_backward(context, network.layers[i], masks.layers[i], tapes[i], flows[i], gradients[i], gradient);
  weight_gradients(flows, gradients);

  variable_list results;
  embed_backward(gradient, results);
  const std::int64_t width = network.config.hidden_size;
  for (LayerGradients& layer : gradients) {
    for (std::int64_t part = 0; part < 3; ++part) {
      results.insert(results.end(), {layer.qkv.weight.narrow(0, part * width, width),
                                     layer.qkv.bias.narrow(0, part * width, width)});
    }
    for (Affine* part : {&layer.attention_output, &layer.attention_norm, &layer.intermediate, &layer.output,
                         &layer.output_norm}) {
      results.insert(results.end(), {std::move(part->weight), std::move(part->bias)});
    }
  }
  return results;
}

struct FusedStates : torch::autograd::Function<FusedStates> {
  static at::Tensor forward(AutogradContext* context, at::TensorList, const c10::intrusive_ptr<Run>& run) {
    context->saved_data["run"] = c10::IValue::make_capsule(run);
    return run->forward(run->workspace->activations);
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    auto run = c10::static_intrusive_pointer_cast<Run>(context->saved_data["run"].toCapsule());
    variable_list results = run->backward(gradients[0]);
    results.emplace_back();
    return results;
  }
};

}  // namespace

at::Tensor forward_fused(const Network& network, const Batch& batch, Pass& pass,
                         const std::shared_ptr<Workspace>& workspace) {
  auto run = c10::make_intrusive<Run>(network, batch, pass, workspace);
  std::vector<at::Tensor> parameters = parameters_of(network);
  run->training =
      at::GradMode::is_enabled() &&
      std::ranges::any_of(parameters, [](const at::Tensor& parameter) { return parameter.requires_grad(); });
  if (!run->training) {
    std::unique_ptr<Memory> memory = workspace->evaluation.borrow();
    at::Tensor states = run->forward(*memory);
    run.reset();  // its views of the memory go first
    workspace->evaluation.give_back(std::move(memory));
    return states;
  }
  return FusedStates::apply(at::TensorList(parameters), run);
}

Features features_of(const Network& network, const Batch& batch, Pass& pass,
                     const std::shared_ptr<Workspace>& workspace) {
  const bool kernels =
      network.words.device().is_cpu() && network.words.scalar_type() == at::kFloat && !pass.perturbation;
  at::Tensor states =
      kernels ? forward_fused(network, batch, pass, workspace) : forward_reference(network, batch, pass);
  const std::vector<std::int64_t> first(batch.unit_offsets.begin(), batch.unit_offsets.end() - 1);
  return {states, states.index_select(0, at::tensor(first, batch.ids.options()))};
}

}  // namespace spanlab::bert
