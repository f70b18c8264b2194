// SPDX-License-Identifier: MIT
// Components that go by what they are told, and say something: a curriculum, a loss that remembers and
// learns, and one around another.
#include <ATen/ATen.h>

#include <filesystem>
#include <fstream>

#include "spanlab/loss.hpp"
#include "spanlab/plugin.hpp"
#include "spanlab/sampler.hpp"

namespace {

using namespace spanlab;

/// Gold spans, and more words as negatives from epoch to epoch.
class Curriculum : public Sampler {
 public:
  explicit Curriculum(const SamplerSetup& setup) : at_birth_(setup.context.progress()) {}

 protected:
  SpanSample do_sample_spans(const Sentence& sentence, const Annotation& gold, Generator&) const override {
    SpanSample sample;
    for (std::size_t i = 0; i < gold.entities.size(); ++i) {
      sample.spans.push_back(gold.entities[i].span);
      sample.gold.push_back({static_cast<std::int32_t>(i)});
    }
    const Progress progress = context().progress();
    const auto words = static_cast<std::int32_t>(sentence.words.size());
    for (std::int32_t word = 0; word < std::min<std::int64_t>(words, 1 + progress.epoch); ++word)
      sample.spans.push_back({word, word + 1});
    context().record("negatives", static_cast<double>(sample.spans.size() - sample.gold.size()));
    context().record("done", progress.done());
    if (progress.step == 0) context().log("of " + std::to_string(at_birth_.steps) + " steps");
    return sample;
  }
  std::vector<Span> do_evaluation_spans(const Sentence& sentence) const override {
    context().record("negatives", 1000);  // not of training: it must not count
    std::vector<Span> all;
    for (std::int32_t word = 0; word < static_cast<std::int32_t>(sentence.words.size()); ++word)
      all.push_back({word, word + 1});
    return all;
  }

 private:
  Progress at_birth_;
};

/// Softmax cross entropy, weighted by a factor that is learned and divided by a running mean of its values.
class Remembering : public Loss {
 public:
  Remembering() {
    mean_ = register_buffer("mean", at::ones({}));
    factor_ = no_decay(register_parameter("factor", at::ones({})));
  }

 protected:
  LossValues do_forward(const LossInput& input) override {
    const at::Tensor values = at::cross_entropy_loss(input.scores, input.first + 1, {}, at::Reduction::None);
    {
      const at::NoGradGuard no_gradient;
      if (values.numel() > 0) mean_.mul_(0.9).add_(values.mean(), 0.1);
    }
    return {values * factor_ / mean_.clone(), {{"mean", mean_.detach().clone()}}};
  }
  bool do_accepts(std::int64_t columns, std::int64_t types) const override { return columns == types + 1; }

 private:
  at::Tensor mean_, factor_;
};

/// Twice the loss inside, which it keeps beside the trials of its store.
class Twice : public Loss {
 public:
  explicit Twice(const LossSetup& setup) : inner_(register_module("inside", setup.inner)) {
    if (const auto folder = setup.context.cache("made once")) {
      const bool is_there = std::filesystem::exists(*folder / "made");
      setup.context.log(is_there ? "found" : "made");
      std::ofstream(*folder / "made").put('x');
    }
  }

 protected:
  LossValues do_forward(const LossInput& input) override {
    LossValues values = inner_->forward(input);
    values.values = 2 * values.values;
    return values;
  }
  bool do_accepts(std::int64_t columns, std::int64_t types) const override {
    return inner_->accepts(columns, types);
  }

 private:
  std::shared_ptr<Loss> inner_;
};

}  // namespace

SPANLAB_PLUGIN("told", "1.0", "the Spanlab authors") {
  registrar.sampler(
      {.id = "curriculum", .summary = "more negatives from epoch to epoch"},
      [](const Parameters&, const SamplerSetup& setup) { return std::make_unique<Curriculum>(setup); });
  registrar.loss({.id = "remembering", .summary = "a loss with state and a weight"},
                 [](const Parameters&, const LossSetup&) { return std::make_unique<Remembering>(); });
  registrar.loss(
      {.id = "twice",
       .summary = "twice another loss",
       .schema =
           Schema().text("of", "remembering", "the loss that it is twice of").component(ComponentKind::loss)},
      [](const Parameters&, const LossSetup& setup) { return std::make_unique<Twice>(setup); });
}
