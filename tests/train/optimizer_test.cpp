// SPDX-License-Identifier: MIT
#include "train/optimizer.hpp"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <cmath>

#include "spanlab/error.hpp"
#include "spanlab/generator.hpp"
#include "test.hpp"
#include "train/schedule.hpp"

using namespace spanlab;

namespace {

/// AdamW as its formulas say, value by value in double precision.
struct Plain {
  std::vector<double> p, m, v;
  std::int64_t steps = 0;

  explicit Plain(const at::Tensor& start) : p(start.numel()), m(start.numel()), v(start.numel()) {
    at::Tensor values = start.detach().to(at::kDouble).contiguous();
    std::copy_n(values.const_data_ptr<double>(), p.size(), p.begin());
  }
  void step(UpdateRule rule, const std::vector<double>& g, double rate, double decay) {
    ++steps;
    for (std::size_t i = 0; i < p.size(); ++i) {
      m[i] = 0.9 * m[i] + 0.1 * g[i];
      v[i] = 0.999 * v[i] + 0.001 * g[i] * g[i];
      if (rule == UpdateRule::bert_adamw) {
        p[i] -= rate * m[i] / (std::sqrt(v[i]) + 1e-6);
        p[i] -= rate * decay * p[i];
      } else {
        p[i] *= 1 - rate * decay;
        p[i] -= rate * (m[i] / (1 - std::pow(0.9, steps))) /
                (std::sqrt(v[i] / (1 - std::pow(0.999, steps))) + 1e-8);
      }
    }
  }
};

/// Sizes of the dense layer and of the norm: more than one piece of work, and no whole vectors.
struct Sizes {
  std::int64_t rows = 70, columns = 300, norm = 33;
};

struct TinyModel {
  std::vector<NamedParameter> parameters;
  static TinyModel make(at::ScalarType type = at::kFloat, Sizes sizes = {}) {
    at::manual_seed(7);
    auto leaf = [&](std::vector<std::int64_t> shape) {
      return at::randn(shape).to(type).requires_grad_(true);
    };
    return {{{"dense.weight", leaf({sizes.rows, sizes.columns}), {}},
             {.name = "dense.bias", .value = leaf({sizes.rows}), .decays = false},
             {.name = "norm.weight", .value = leaf({sizes.norm}), .decays = false},
             {"words.weight", leaf({12, 5}), {1, 3, 4, 9}},
             {"now_and_then.weight", leaf({4, 4}), {}},
             {"never.weight", leaf({6}), {}}}};
  }
  at::Tensor& operator[](std::size_t i) { return parameters[i].value; }
};

// Gradients of a step: the same for every model that is compared; large enough to be clipped.
void give_gradients(TinyModel& model, int step, bool sparse) {
  at::manual_seed(100 + step);
  for (std::size_t i : {0, 1, 2})
    model[i].mutable_grad() = at::randn(model[i].sizes()).to(model[i].scalar_type());
  at::Tensor rows = step % 2 ? at::tensor({3, 9, 3}, at::kLong) : at::tensor({1, 9}, at::kLong);
  at::Tensor values = at::randn({rows.size(0), 5}).to(model[3].scalar_type());
  at::Tensor table = at::sparse_coo_tensor(rows.unsqueeze(0), values, {12, 5});
  model[3].mutable_grad() = sparse ? table : table.to_dense();
  at::Tensor sometimes = at::randn({4, 4}).to(model[4].scalar_type());
  if (step % 3 != 1) model[4].mutable_grad() = sometimes;
}

std::vector<double> dense(const at::Tensor& gradient, double scale) {
  at::Tensor all =
      (gradient.is_sparse() ? gradient.to_dense() : gradient).to(at::kDouble).mul(scale).contiguous();
  return {all.const_data_ptr<double>(), all.const_data_ptr<double>() + all.numel()};
}

double difference(const at::Tensor& got, const std::vector<double>& expected) {
  return (got.detach().to(at::kDouble).view(-1) - at::tensor(expected, at::kDouble))
      .abs()
      .max()
      .item<double>();
}

void compare_with_plain(UpdateRule rule, at::ScalarType type, bool sparse, double tolerance,
                        Sizes sizes = {}) {
  constexpr double kDecay = 0.05;
  TinyModel model = TinyModel::make(type, sizes);
  std::vector<Plain> plain;
  for (NamedParameter& parameter : model.parameters) plain.emplace_back(parameter.value);
  at::Tensor untouched = model[5].detach().clone();
  Optimizer optimizer(model.parameters, {rule, kDecay, 1.0});
  for (int step = 0; step < 12; ++step) {
    give_gradients(model, step, sparse);
    double square = 0;
    for (std::size_t i = 0; i < 5; ++i) {
      if (!model[i].grad().defined()) continue;
      for (double g : dense(model[i].grad(), 1)) square += g * g;
    }
    const double rate = 0.01 * step, scale = std::min(1.0, 1.0 / (std::sqrt(square) + 1e-6));
    for (std::size_t i = 0; i < 5; ++i) {
      if (model[i].grad().defined())
        plain[i].step(rule, dense(model[i].grad(), scale), rate, i == 1 || i == 2 ? 0 : kDecay);
    }
    BOOST_TEST(optimizer.step(rate).item<double>() == std::sqrt(square), boost::test_tools::tolerance(1e-6));
    for (std::size_t i = 0; i < 6; ++i) BOOST_TEST(!model[i].grad().defined());
  }
  optimizer.settle();
  for (std::size_t i = 0; i < 5; ++i) {
    BOOST_TEST(difference(model[i], plain[i].p) < tolerance,
               model.parameters[i].name << " by " << difference(model[i], plain[i].p));
  }
  BOOST_TEST(at::equal(model[5], untouched));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(optimizer)

BOOST_AUTO_TEST_CASE(fused_steps_equal_the_formulas) {
  for (bool sparse : {true, false}) {
    compare_with_plain(UpdateRule::bert_adamw, at::kFloat, sparse, 3e-6);
    compare_with_plain(UpdateRule::torch_adamw, at::kFloat, sparse, 3e-6);
  }
}

// From one value to several pieces of work of 8,192, whole or not.
BOOST_AUTO_TEST_CASE(fused_steps_equal_the_formulas_at_random_sizes) {
  Generator draw(5);
  for (const Sizes& sizes : {Sizes{1, 1, 1}, Sizes{64, 128, 8192}, Sizes{8193, 2, 64}})
    compare_with_plain(UpdateRule::bert_adamw, at::kFloat, true, 3e-6, sizes);
  for (int round = 0; round < 6; ++round) {
    const auto below = [&](std::uint64_t limit) { return 1 + static_cast<std::int64_t>(draw.below(limit)); };
    compare_with_plain(round % 2 ? UpdateRule::torch_adamw : UpdateRule::bert_adamw, at::kFloat, round < 3,
                       3e-6, {below(90), below(400), below(20000)});
  }
}

BOOST_AUTO_TEST_CASE(general_steps_equal_the_formulas) {
  for (bool sparse : {true, false}) {
    compare_with_plain(UpdateRule::bert_adamw, at::kDouble, sparse, 1e-7);
    compare_with_plain(UpdateRule::torch_adamw, at::kDouble, sparse, 1e-7);
  }
}

BOOST_AUTO_TEST_CASE(a_restored_optimiser_goes_on_bit_for_bit) {
  for (at::ScalarType type : {at::kFloat, at::kDouble}) {
    TinyModel one = TinyModel::make(type), two = TinyModel::make(type);
    Optimizer through(one.parameters, {}), before(two.parameters, {});
    for (int step = 0; step < 7; ++step) give_gradients(one, step, true), through.step(0.01);
    for (int step = 0; step < 3; ++step) give_gradients(two, step, true), before.step(0.01);
    test::TemporaryFolder folder;
    write_tensors(folder.path() / "resume.safetensors", before.state());

    TinyModel three = TinyModel::make(type);
    at::NoGradGuard no_gradient;
    for (std::size_t i = 0; i < 6; ++i) three[i].copy_(two[i]);
    Optimizer after(three.parameters, {});
    after.restore(read_tensors(folder.path() / "resume.safetensors").tensors);
    for (int step = 3; step < 7; ++step) give_gradients(three, step, true), after.step(0.01);
    through.settle();
    after.settle();
    for (std::size_t i = 0; i < 6; ++i) BOOST_TEST(at::equal(one[i], three[i]), one.parameters[i].name);
  }
}

BOOST_AUTO_TEST_CASE(the_number_of_threads_changes_nothing) {
  const int threads = at::get_num_threads();
  std::vector<at::Tensor> results;
  for (int count : {1, 2, 3}) {
    at::set_num_threads(count);
    TinyModel model = TinyModel::make();
    Optimizer optimizer(model.parameters, {});
    for (int step = 0; step < 4; ++step) give_gradients(model, step, true), optimizer.step(0.01);
    results.push_back(model[0].detach().clone());
  }
  at::set_num_threads(threads);
  BOOST_TEST(at::equal(results[0], results[1]));
  BOOST_TEST(at::equal(results[0], results[2]));
}

BOOST_AUTO_TEST_CASE(a_broken_gradient_changes_nothing) {
  TinyModel model = TinyModel::make();
  Optimizer optimizer(model.parameters, {});
  give_gradients(model, 0, true);
  model[0].mutable_grad()[3][4] = std::nan("");
  at::Tensor before = model[1].detach().clone();
  BOOST_TEST(std::isnan(optimizer.step(0.1).item<double>()));
  BOOST_TEST(at::equal(model[1], before));
  BOOST_TEST(model[0].grad().defined());
  BOOST_TEST(std::isnan(optimizer.gradient_norms().at("dense.weight")));
  BOOST_TEST(optimizer.gradient_norms().count("never.weight") == 0);
}

BOOST_AUTO_TEST_CASE(a_state_of_another_model_is_refused) {
  TinyModel model = TinyModel::make();
  Optimizer optimizer(model.parameters, {});
  NamedTensors state = optimizer.state();
  auto refused = [&](const NamedTensors& other, const std::string& fragment) {
    try {
      optimizer.restore(other);
      BOOST_ERROR("no error");
    } catch (const Error& error) {
      BOOST_TEST(std::string(error.what()).find(fragment) != std::string::npos, error.what());
    }
  };
  NamedTensors lacking = state, misshaped = state, other_rows = state;
  lacking.erase("second.dense.bias");
  refused(lacking, "lacks 'second.dense.bias'");
  misshaped["first.dense.bias"] = at::zeros({71});
  refused(misshaped, "'first.dense.bias' has another shape");
  other_rows["rows.words.weight"] = at::tensor({1, 3, 4, 8}, at::kLong);
  refused(other_rows, "other rows of 'words.weight'");
  give_gradients(model, 0, true);
  model[3].mutable_grad() =
      at::sparse_coo_tensor(at::tensor({0}, at::kLong).unsqueeze(0), at::ones({1, 5}), {12, 5});
  BOOST_CHECK_THROW(optimizer.step(0.1), std::logic_error);
}

BOOST_AUTO_TEST_CASE(schedule) {
  WarmupDecay schedule{2.0, 4, 20};
  BOOST_TEST(schedule.rate(0) == 0.0);
  BOOST_TEST(schedule.rate(1) == 0.5);
  BOOST_TEST(schedule.rate(4) == 2.0);
  BOOST_TEST(schedule.rate(12) == 1.0);
  BOOST_TEST(schedule.rate(20) == 0.0);
  BOOST_TEST((WarmupDecay{3.0, 0, 10}.rate(0)) == 3.0);
  const WarmupDecay constant{2.0, 4, 20, Decay::none};
  BOOST_TEST(constant.rate(1) == 0.5);
  BOOST_TEST(constant.rate(19) == 2.0);
}

BOOST_AUTO_TEST_CASE(a_parameter_may_have_a_rate_of_its_own) {
  for (const UpdateRule rule : {UpdateRule::bert_adamw, UpdateRule::torch_adamw}) {
    for (const at::ScalarType type : {at::kFloat, at::kDouble}) {  // fused, and by tensor operations
      const auto moved = [&](double own, double rate) {
        at::Tensor value = at::arange(1, 7).to(type).requires_grad_(true),
                   beside = value.detach().clone().requires_grad_(true);
        Optimizer optimizer({{.name = "dense.weight", .value = value, .rows = {}, .rate = own},
                             {.name = "other.weight", .value = beside, .rows = {}}},
                            {.rule = rule, .weight_decay = 0.1});
        for (int step = 0; step < 3; ++step) {
          for (const at::Tensor& one : {value, beside})
            one.mutable_grad() = at::arange(6).to(type).cos() + step;
          optimizer.step(rate);
        }
        return std::pair(value.detach().clone(), beside.detach().clone());
      };
      BOOST_TEST(at::equal(moved(3, 0.25).first, moved(1, 0.75).first));
      BOOST_TEST(!at::equal(moved(3, 0.25).first, moved(1, 0.25).first));
      BOOST_TEST(at::equal(moved(3, 0.25).second, moved(1, 0.25).second));
    }
  }
}

// Copies in bfloat16 are the weights, rounded to the nearest, after every step, by either way of stepping.
BOOST_AUTO_TEST_CASE(rounded_copies_follow) {
  for (at::ScalarType type : {at::kFloat, at::kDouble}) {
    TinyModel model = TinyModel::make(type);
    for (NamedParameter& parameter : model.parameters) {
      if (parameter.rows.empty()) parameter.rounded = at::zeros(parameter.value.sizes(), at::kBFloat16);
    }
    Optimizer optimizer(model.parameters, {});
    for (int step = 0; step < 3; ++step) {
      give_gradients(model, step, false);
      optimizer.step(1e-2);
      for (std::size_t i : {0, 1, 2})
        BOOST_TEST(at::equal(model.parameters[i].rounded, model[i].detach().to(at::kBFloat16)));
    }
  }
}

// The weights themselves stay in single precision: the same steps move them to the same bits as without
// copies.
BOOST_AUTO_TEST_CASE(weights_do_not_know_of_their_copies) {
  TinyModel with = TinyModel::make(), without = TinyModel::make();
  for (NamedParameter& parameter : with.parameters) {
    if (parameter.rows.empty()) parameter.rounded = at::zeros(parameter.value.sizes(), at::kBFloat16);
  }
  Optimizer one(with.parameters, {}), other(without.parameters, {});
  for (int step = 0; step < 3; ++step) {
    give_gradients(with, step, false), one.step(1e-2);
    give_gradients(without, step, false), other.step(1e-2);
  }
  for (std::size_t i : {0, 1, 2}) {
    BOOST_TEST(at::equal(with[i], without[i]), with.parameters[i].name);
    BOOST_TEST(!at::equal(with[i], with[i].detach().to(at::kBFloat16).to(at::kFloat)),
               with.parameters[i].name);
  }
}

BOOST_AUTO_TEST_SUITE_END()
