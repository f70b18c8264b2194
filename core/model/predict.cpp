// SPDX-License-Identifier: MIT
#include "model/predict.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <numeric>

#include "model/over_tasks.hpp"
#include "spanlab/kernel.hpp"
#include "tasks/kind.hpp"

namespace spanlab::host {

namespace {

using Places = std::span<const std::size_t>;

std::vector<SpanTaskPredictions> empty_predictions(const Model& model, std::size_t sentences) {
  std::vector<SpanTaskPredictions> all;
  for (std::size_t t = 0; t < model.tasks().size(); ++t) {
    if (!model.tasks()[t].takes_spans()) all.push_back({t, std::vector<Prediction>(sentences)});
  }
  return all;
}

std::int64_t length_of(const Item& item) { return static_cast<std::int64_t>(item.encoded->ids.size()); }

// Places of the items, by length.
std::vector<std::size_t> by_length(std::span<const Item> items) {
  std::vector<std::size_t> order(items.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return length_of(items[i]); });
  return order;
}

// Cuts `order` into batches of up to `units` units, of one sentence at least.
std::vector<Places> batches_of(std::span<const Item> items, Places order, std::int64_t units) {
  std::vector<Places> batches;
  while (!order.empty()) {
    std::size_t count = 0;
    std::int64_t sum = 0;
    do sum += length_of(items[order[count++]]);
    while (count < order.size() && sum + length_of(items[order[count]]) <= units);
    batches.push_back(order.first(count));
    order = order.subspan(count);
  }
  return batches;
}

void predict_batch(Model& model, std::span<const Item> items, Places places,
                   std::vector<SpanTaskPredictions>& all) {
  std::vector<Item> chosen;
  for (const std::size_t place : places) chosen.push_back(items[place]);
  const Batch batch = make_batch(chosen, model.device());
  std::vector<SpanTaskPredictions> found = assemble(model, batch, decide(model, batch));
  for (std::size_t t = 0; t < all.size(); ++t) {
    for (std::size_t s = 0; s < places.size(); ++s)
      all[t].sentences[places[s]] = std::move(found[t].sentences[s]);
  }
}

}  // namespace

BatchDecisions decide(Model& model, const Batch& batch, std::int64_t most) {
  const at::NoGradGuard no_gradients;
  Generator unused(0);
  Pass pass{Mode::evaluation, unused};
  BatchDecisions all;
  over_tasks(model, batch, pass, most, [&](const TaskPass& one) {
    all.push_back(one.task.kind->decide(one));
    return SpansLeft{all.back()->outputs, all.back()->decisions};
  });
  return all;
}

std::vector<SpanTaskPredictions> assemble(const Model& model, const Batch& batch,
                                          const BatchDecisions& decisions) {
  std::vector<SpanTaskPredictions> all;
  const std::vector<Task>& tasks = model.tasks();
  for (std::size_t t = 0; t < tasks.size(); ++t) {
    if (tasks[t].takes_spans()) continue;
    const Inventory& inventory = model.inventory(tasks[t]);
    BatchPrediction prediction(batch.sentences.size());
    decisions[t]->add_to(prediction, inventory);
    for (std::size_t over = 0; over < tasks.size(); ++over) {
      if (tasks[over].takes_spans() && tasks[over].spans == t) {
        decisions[over]->add_to(prediction, model.inventory(tasks[over]));
      }
    }
    all.push_back({t, prediction.finish()});
  }
  return all;
}

std::vector<SpanTaskPredictions> predict(Model& model, std::span<const Item> items, std::int64_t units) {
  std::vector<SpanTaskPredictions> all = empty_predictions(model, items.size());
  const std::vector<std::size_t> order = by_length(items);
  const std::vector<Places> batches = batches_of(items, order, units);
  // Batches need nothing of each other: a thread with one of its own waits for none, and does what lies
  // between the products as well. The longest sentences go first, so that the threads end together.
  const auto run = [&](std::int64_t number) {
    predict_batch(model, items, batches[batches.size() - 1 - static_cast<std::size_t>(number)], all);
  };
  if (model.device().is_cpu()) {
    parallel_tasks(std::ssize(batches), run);
  } else {
    for (std::int64_t number = 0; number < std::ssize(batches); ++number) run(number);
  }
  return all;
}

}  // namespace spanlab::host
