// SPDX-License-Identifier: MIT
#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <barrier>
#include <thread>

#include "measure.hpp"
#include "spanlab/kernel.hpp"
#include "train/hardware.hpp"

namespace spanlab::host::benchmarks {

namespace {

using nlohmann::json;

/// One linear layer of an encoder with what a training step multiplies: input [rows,in], weight [out,in],
/// gradients of both.
struct Product {
  at::Tensor input, weight, output, of_input, of_weight;

  Product(std::int64_t rows, std::int64_t in, std::int64_t out, at::ScalarType type) {
    auto random = [&](std::int64_t r, std::int64_t c) { return at::randn({r, c}).mul_(0.05).to(type); };
    input = random(rows, in), weight = random(out, in), output = random(rows, out);
    of_input = random(rows, in), of_weight = random(out, in);
  }
  double flops() const { return 2.0 * static_cast<double>(input.size(0) * weight.numel()); }
};

/// What the threads share out: each product, as LibTorch does it or by columns; or, where products need
/// nothing of each other, the products (gradients of weights).
enum class Share { whole, columns, products };

void multiply(Share share, at::Tensor out, const at::Tensor& a, const at::Tensor& b) {
  if (share != Share::columns) {
    at::mm_out(out, a, b);
    return;
  }
  const std::int64_t parts = at::get_num_threads(), columns = out.size(1);
  parallel_tasks(parts, [&](std::int64_t i) {
    const std::int64_t begin = columns * i / parts, end = columns * (i + 1) / parts;
    at::Tensor own = out.slice(1, begin, end);
    at::mm_out(own, a, b.slice(1, begin, end));
  });
}

/// The products of all layers of an encoder, each with a weight of its own: as a step has them, they do not
/// fit the inner caches.
class Layers {
 public:
  Layers(const Request& request, std::int64_t rows, at::ScalarType type) {
    const std::int64_t h = request.width, i = request.inner;
    for (std::int64_t layer = 0; layer < request.layers; ++layer) {
      for (auto [in, out] : {std::pair{h, 3 * h}, std::pair{h, h}, std::pair{h, i}, std::pair{i, h}})
        products_.emplace_back(rows, in, out, type);
    }
  }
  void forward(Share share) {
    for (Product& p : products_) multiply(share, p.output, p.input, p.weight.t());
  }
  void backward(Share share) {
    const Share chained = share == Share::products ? Share::columns : share;
    for (auto p = products_.rbegin(); p != products_.rend(); ++p) {
      multiply(chained, p->of_input, p->output, p->weight);
      if (share != Share::products) multiply(share, p->of_weight, p->output.t(), p->input);
    }
    if (share != Share::products) return;
    parallel_tasks(std::ssize(products_), [&](std::int64_t i) {
      const Product& p = products_[static_cast<std::size_t>(i)];
      multiply(Share::whole, p.of_weight, p.output.t(), p.input);
    });
  }
  double forward_flops() const {
    double sum = 0;
    for (const Product& p : products_) sum += p.flops();
    return sum;
  }

 private:
  std::vector<Product> products_;
};

constexpr std::int64_t kTrained = 256;  // batches of evaluation have more rows, and no backward pass

/// Sum of the rates of as many threads as there are, each with work of its own, all at the same time. `rate`
/// is given the number of the thread.
double side_by_side(int threads, const std::function<double(int)>& rate) {
  std::barrier start(threads);
  std::vector<double> rates(static_cast<std::size_t>(threads));
  std::vector<std::thread> workers;
  for (int i = 0; i < threads; ++i) {
    workers.emplace_back([&, i] {
      at::set_num_threads(1);
      const at::NoGradGuard no_gradients;
      start.arrive_and_wait();
      rates[static_cast<std::size_t>(i)] = rate(i);
    });
  }
  double sum = 0;
  for (int i = 0; i < threads; ++i) {
    workers[static_cast<std::size_t>(i)].join();
    sum += rates[static_cast<std::size_t>(i)];
  }
  return sum;
}

/// Operations per second of one pass: by one thread, by all on one pass (the best of the ways to share it
/// out), by one thread per core.
json pass_rates(const Request& request, std::int64_t rows, at::ScalarType type, bool backward) {
  Layers layers(request, rows, type);
  const double flops = layers.forward_flops() * (backward ? 2 : 1);
  auto run = [&](Layers& which, Share share) { backward ? which.backward(share) : which.forward(share); };
  auto rate = [&](Share share) { return flops / usual([&] { run(layers, share); }, request.budget); };
  at::set_num_threads(1);
  json result{{"one", rate(Share::whole)}};
  at::set_num_threads(request.threads);
  result["all"] =
      std::max({rate(Share::whole), rate(Share::columns), backward ? rate(Share::products) : 0.0});
  std::vector<Layers> own;
  for (int i = 0; i < request.threads; ++i) own.emplace_back(request, rows, type);
  result["apart"] = side_by_side(request.threads, [&](int i) {
    return flops / usual([&, i] { run(own[static_cast<std::size_t>(i)], Share::whole); }, request.budget);
  });
  at::set_num_threads(request.threads);
  return result;
}

}  // namespace

json square_rates(const Request& request, at::ScalarType type) {
  constexpr std::int64_t n = 2048;
  at::Tensor a = at::randn({n, n}).to(type), b = at::randn({n, n}).to(type), c = at::empty_like(a);
  auto rate = [&] { return 2.0 * n * n * n / fastest([&] { at::mm_out(c, a, b); }, request.budget); };
  at::set_num_threads(1);
  json result{{"one", rate()}};
  at::set_num_threads(request.threads);
  result["all"] = rate();
  return result;
}

namespace {

// As much as an optimiser does with memory: four arrays read, three written.
SPANLAB_KERNEL void update(float* weight, const float* gradient, float* first, float* second,
                           std::int64_t count) {
  for (std::int64_t i = 0; i < count; ++i) {
    first[i] = first[i] * 0.9f + gradient[i] * 0.1f;
    second[i] = second[i] * 0.999f + gradient[i] * gradient[i] * 0.001f;
    weight[i] -= first[i] * 1e-5f + second[i] * 1e-6f;
  }
}

}  // namespace

json memory_rates(const Request& request) {
  constexpr std::int64_t count = 16 << 20;
  std::vector<at::Tensor> arrays;
  for (int i = 0; i < 4; ++i) arrays.push_back(at::rand({count}));
  auto data = [&](int i) { return arrays[static_cast<std::size_t>(i)].mutable_data_ptr<float>(); };
  auto rate = [&](int threads, double bytes, const std::function<void(std::int64_t, std::int64_t)>& part) {
    at::set_num_threads(threads);
    return bytes * count /
           usual(
               [&] {
                 parallel_tasks(
                     threads, [&](std::int64_t i) { part(count * i / threads, count * (i + 1) / threads); });
               },
               request.budget);
  };
  json result;
  for (const auto& [name, threads] : {std::pair{"one", 1}, std::pair{"all", request.threads}}) {
    result["copy"][name] = rate(threads, 8, [&](std::int64_t begin, std::int64_t end) {
      std::copy(data(0) + begin, data(0) + end, data(1) + begin);
    });
    result["update"][name] = rate(threads, 28, [&](std::int64_t b, std::int64_t e) {
      update(data(0) + b, data(1) + b, data(2) + b, data(3) + b, e - b);
    });
  }
  return result;
}

json measure_rates(const Request& request) {
  const at::NoGradGuard no_gradients;
  const Hardware found = hardware();
  json result{
      {"threads", request.threads}, {"libtorch", found.libtorch}, {"instruction_set", found.instruction_set},
      {"products", json::array()},  {"square", json::object()},   {"memory", memory_rates(request)}};
  std::vector<std::pair<const char*, at::ScalarType>> types{{"float32", at::kFloat}};
  if (request.bf16) types.emplace_back("bf16", at::kBFloat16);
  for (const auto& [name, type] : types) {
    result["square"][name] = square_rates(request, type);
    for (std::int64_t rows : request.rows) {
      json entry{{"type", name}, {"rows", rows}, {"forward", pass_rates(request, rows, type, false)}};
      if (rows <= kTrained) entry["backward"] = pass_rates(request, rows, type, true);
      result["products"].push_back(std::move(entry));
    }
  }
  return result;
}

}  // namespace spanlab::host::benchmarks
