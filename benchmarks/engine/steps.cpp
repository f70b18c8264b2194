// SPDX-License-Identifier: MIT
// usage: engine_steps [--size minilm|base] [--device cpu|cuda] [--threads N] [--precision float32|bf16]
// [--batch N] [--units N] [--steps N]
//
// Times training steps and evaluation of SpERT's model with random weights on made-up sentences; prints one
// line for each.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>

#include "made_up.hpp"
#include "model/predict.hpp"
#include "model/samples.hpp"
#include "train/step.hpp"

using namespace spanlab;
using namespace spanlab::host;
using namespace spanlab::host::benchmarks;

namespace {

using Clock = std::chrono::steady_clock;

struct Request {
  MadeUp made;
  std::string device = "cpu";
  int threads = 1;
  std::int64_t batch = 2, steps = 40;
};

Request read_request(int count, char** arguments) {
  Request request;
  for (int i = 1; i < count; i += 2) {
    const std::string name = arguments[i];
    if (i + 1 == count) throw std::invalid_argument(name + " needs a value");
    const std::string value = arguments[i + 1];
    if (name == "--size")
      request.made.size = value;
    else if (name == "--device")
      request.device = value;
    else if (name == "--threads")
      request.threads = std::stoi(value);
    else if (name == "--precision")
      request.made.precision = value == "bf16" ? Precision::bf16 : Precision::float32;
    else if (name == "--batch")
      request.batch = std::stoll(value);
    else if (name == "--units")
      request.made.units = std::stoll(value);
    else if (name == "--steps")
      request.steps = std::stoll(value);
    else
      throw std::invalid_argument("unknown option " + name);
  }
  return request;
}

std::vector<Item> items_of(const MadeUpData& data) {
  std::vector<Item> items;
  for (std::size_t i = 0; i < data.sentences.size(); ++i)
    items.push_back({&data.sentences[i], &data.encoded[i]});
  return items;
}

struct Timed {
  double seconds;  ///< median of a step
  double
      norm;  ///< of the last step's gradients: it differs from run to run if something is not deterministic
};

Timed time_training(Model& model, const MadeUpData& data, const Request& request) {
  Optimizer optimizer = make_optimizer(model, data.encoded, {});
  const std::vector<Item> items = items_of(data);
  const Generator root(1);
  std::vector<double> seconds;
  double norm = 0;
  for (std::int64_t step = 0; step < request.steps; ++step) {
    const auto start = Clock::now();
    Generator generator = root.split(static_cast<std::uint64_t>(step));
    std::vector<Item> chosen;
    std::vector<SentenceSample> samples;
    for (std::int64_t i = 0; i < request.batch; ++i) {
      chosen.push_back(items[static_cast<std::size_t>(step * request.batch + i) % items.size()]);
      samples.push_back(
          draw_samples(model, *chosen.back().sentence, generator.split(static_cast<std::uint64_t>(i))));
    }
    Pass pass{Mode::training, generator};
    const Batch batch = make_batch(chosen, model.device());
    find_gradients(model, batch, samples, pass);
    norm = optimizer.step(5e-5).item<double>();
    seconds.push_back(std::chrono::duration<double>(Clock::now() - start).count());
  }
  std::ranges::nth_element(seconds, seconds.begin() + static_cast<std::ptrdiff_t>(seconds.size() / 2));
  return {seconds[seconds.size() / 2], norm};
}

double time_evaluation(Model& model, const MadeUpData& data) {
  const std::vector<Item> items = items_of(data);
  double best = 1e9;
  for (int round = 0; round < 3; ++round) {
    const auto start = Clock::now();
    predict(model, items);
    best = std::min(best, std::chrono::duration<double>(Clock::now() - start).count());
  }
  return best;
}

}  // namespace

int main(int count, char** arguments) {
  try {
    const Request request = read_request(count, arguments);
    if (request.batch < 1 || request.steps < 1)
      throw std::invalid_argument("expected at least one sentence and one step");
    at::set_num_threads(request.threads);
    Generator generator(7);
    const MadeUpData data = make_data(request.made, generator);
    std::shared_ptr<Model> model = make_model(request.made, generator);
    model->to(at::Device(request.device));
    const Timed training = time_training(*model, data, request);
    fmt::print(
        "training    {:8.2f} ms a step of {} sentences  {:8.1f} sentences/s  norm of the last step {:.9g}\n",
        training.seconds * 1e3, request.batch, static_cast<double>(request.batch) / training.seconds,
        training.norm);
    const double seconds = time_evaluation(*model, data);
    fmt::print("evaluation  {:8.2f} ms for {} sentences        {:8.1f} sentences/s\n", seconds * 1e3,
               data.sentences.size(), static_cast<double>(data.sentences.size()) / seconds);
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "engine_steps: {}\n", error.what());
    return 2;
  }
}
