// SPDX-License-Identifier: MIT
#pragma once

#include <ATen/ATen.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <mutex>
#include <thread>

#include "spanlab/head.hpp"
#include "spanlab/span_ops.hpp"

namespace broken {

using namespace spanlab;

/// A head over spans as it should be: scores of each type and of none by one product.
class GoodHead : public Head {
 public:
  explicit GoodHead(const HeadSetup& setup)
      : types_(std::ssize(setup.inventory.entities)),
        weight_(register_parameter("weight", normal({setup.width, types_ + 1}, setup.generator))) {}

 protected:
  static at::Tensor normal(at::IntArrayRef shape, Generator& generator) {
    at::Tensor weight = at::empty(shape);
    fill_normal(weight, 0.3, generator);
    return weight;
  }

  HeadKind do_kind() const override { return HeadKind::spans; }
  std::vector<OutputShape> do_outputs() const override { return {{"classify", types_ + 1}}; }
  Outputs do_forward(const Features& features, const Candidates& candidates, const Outputs&,
                     Pass& pass) override {
    return {{"classify", scores(max_over_rows(features.units, candidates.units), pass)}};
  }
  std::vector<Decision> do_decode(const Outputs& outputs, const Candidates& candidates) const override {
    const at::Tensor shares = outputs.at("classify").softmax(1);
    std::vector<Decision> decisions;
    for (std::int64_t row = 0; row < shares.size(0); ++row) {
      const auto best = shares[row].argmax().item<std::int64_t>();
      const PlacedSpan& place = candidates.places[static_cast<std::size_t>(row)];
      if (best > 0)
        decisions.push_back({row, place.sentence, place.span, static_cast<std::int32_t>(best - 1),
                             shares[row][best].item<float>()});
    }
    return decisions;
  }

  /// [N,T+1] from the states of the spans [N,H].
  virtual at::Tensor scores(const at::Tensor& states, Pass&) { return states.mm(weight_); }

  std::int64_t types_;
  at::Tensor weight_;
};

struct WrongShape : GoodHead {
  using GoodHead::GoodHead;
  at::Tensor scores(const at::Tensor& states, Pass& pass) override {
    return GoodHead::scores(states, pass).slice(1, 1);
  }
};

struct NotANumber : GoodHead {
  using GoodHead::GoodHead;
  at::Tensor scores(const at::Tensor& states, Pass& pass) override {
    return (GoodHead::scores(states, pass) - 100).log();
  }
};

struct WrongType : GoodHead {
  using GoodHead::GoodHead;
  at::Tensor scores(const at::Tensor& states, Pass& pass) override {
    return GoodHead::scores(states, pass).to(at::kLong);
  }
};

struct MissingOutput : GoodHead {
  using GoodHead::GoodHead;
  std::vector<OutputShape> do_outputs() const override { return {{"classify", types_ + 1}, {"identify", 1}}; }
};

struct Unsorted : GoodHead {
  using GoodHead::GoodHead;
  std::vector<Decision> do_decode(const Outputs& outputs, const Candidates& candidates) const override {
    std::vector<Decision> decisions;
    for (std::int64_t row = outputs.at("classify").size(0) - 1; row >= 0; --row) {
      const PlacedSpan& place = candidates.places[static_cast<std::size_t>(row)];
      decisions.push_back({row, place.sentence, place.span, 0, 0.5f});
    }
    return decisions;
  }
};

struct UnknownType : GoodHead {
  using GoodHead::GoodHead;
  std::vector<Decision> do_decode(const Outputs& outputs, const Candidates& candidates) const override {
    if (outputs.at("classify").size(0) == 0) return {};
    const PlacedSpan& place = candidates.places[0];
    return {{0, place.sentence, place.span, static_cast<std::int32_t>(types_), 0.5f}};
  }
};

struct CutGradient : GoodHead {
  using GoodHead::GoodHead;
  at::Tensor scores(const at::Tensor& states, Pass&) override { return states.mm(weight_.detach()); }
};

/// Its scale is drawn when it is built, and no registered weight.
struct NotStored : GoodHead {
  explicit NotStored(const HeadSetup& setup) : GoodHead(setup), scale_(1 + setup.generator.uniform()) {}
  at::Tensor scores(const at::Tensor& states, Pass& pass) override {
    return scale_ * GoodHead::scores(states, pass);
  }
  double scale_;
};

struct ChangesWeights : GoodHead {
  using GoodHead::GoodHead;
  at::Tensor scores(const at::Tensor& states, Pass& pass) override {
    const at::NoGradGuard no_gradients;
    if (!pass.training()) weight_.mul_(0.9);
    const at::AutoGradMode gradients(pass.training());
    return GoodHead::scores(states, pass);
  }
};

struct KeepsState : GoodHead {
  using GoodHead::GoodHead;
  at::Tensor scores(const at::Tensor& states, Pass& pass) override {
    return GoodHead::scores(states, pass) + static_cast<double>(++calls_);
  }
  std::atomic<int> calls_ = 0;
};

/// Keeps what it works on where another thread keeps its own.
struct OneThread : GoodHead {
  using GoodHead::GoodHead;
  at::Tensor scores(const at::Tensor& states, Pass& pass) override {
    if (pass.training()) return GoodHead::scores(states, pass);
    kept_rows_ = states.size(0);
    std::this_thread::sleep_for(std::chrono::milliseconds(2));  // as a long computation, so that threads meet
    return GoodHead::scores(states, pass) * static_cast<double>(kept_rows_);
  }
  std::atomic<std::int64_t> kept_rows_ = 0;
};

struct NoEmptyBatch : GoodHead {
  using GoodHead::GoodHead;
  at::Tensor scores(const at::Tensor& states, Pass& pass) override {
    const at::Tensor found = GoodHead::scores(states, pass);
    return found - found.max();
  }
};

struct GlobalRandom : GoodHead {
  using GoodHead::GoodHead;
  at::Tensor scores(const at::Tensor& states, Pass& pass) override {
    const at::Tensor found = GoodHead::scores(states, pass);
    return pass.training() ? found + at::randn_like(found) : found;
  }
};

struct CallsRand : GoodHead {
  using GoodHead::GoodHead;
  at::Tensor scores(const at::Tensor& states, Pass& pass) override {
    const at::Tensor found = GoodHead::scores(states, pass);
    return pass.training() ? found + std::rand() % 10 : found;
  }
};

struct DrawsInEvaluation : GoodHead {
  using GoodHead::GoodHead;
  at::Tensor scores(const at::Tensor& states, Pass& pass) override {
    return GoodHead::scores(states, pass) * (1 + pass.generator.uniform());
  }
};

struct Leaks : GoodHead {
  using GoodHead::GoodHead;
  at::Tensor scores(const at::Tensor& states, Pass& pass) override {
    const std::lock_guard lock(mutex_);
    kept_.push_back(at::zeros({1024}));
    return GoodHead::scores(states, pass);
  }
  std::mutex mutex_;
  std::vector<at::Tensor> kept_;
};

struct EatsMemory : GoodHead {
  using GoodHead::GoodHead;
  at::Tensor scores(const at::Tensor& states, Pass& pass) override {
    std::vector<at::Tensor> all;
    for (;;) all.push_back(GoodHead::scores(states, pass).new_empty({std::int64_t{1} << 26}));
  }
};

}  // namespace broken
