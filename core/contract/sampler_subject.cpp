// SPDX-License-Identifier: MIT
#include <ATen/ATen.h>

#include "contract/samples.hpp"
#include "model/component_tree.hpp"
#include "spanlab/sampler.hpp"

namespace spanlab::host::suite {

namespace {

class BuiltSampler : public Built {
 public:
  BuiltSampler(std::shared_ptr<Sampler> sampler, HeadKind kind) : sampler_(std::move(sampler)), kind_(kind) {}

  Answer answer(const Scene& scene, Pass& pass) override {
    Answer answer;
    for (std::size_t i = 0; i < scene.sentences.size(); ++i) {
      const std::string name = std::to_string(i);
      if (pass.training())
        add(answer, name, sampled(scene, i, pass.generator));
      else
        add(answer, name, scored(scene, i));
    }
    return answer;
  }
  std::int64_t size(const Scene& scene) override { return std::ssize(scene.sentences); }

 private:
  static void add(Answer& answer, const std::string& name, const SampleNumbers& numbers) {
    answer.others[name + " rows"] = at::tensor(numbers.rows, at::kLong);
    answer.others[name + " gold"] = at::tensor(numbers.gold, at::kLong);
  }

  SampleNumbers sampled(const Scene& scene, std::size_t i, Generator& generator) const {
    const Sentence& sentence = scene.sentences[i];
    const Annotation& gold = sentence.views[0];
    if (kind_ == HeadKind::words) return numbers_of(sampler_->sample_words(sentence, gold));
    if (kind_ == HeadKind::spans) return numbers_of(sampler_->sample_spans(sentence, gold, generator));
    return numbers_of(sampler_->sample_pairs(sentence, gold, inventory(), scene.spans(i, 0), generator));
  }

  SampleNumbers scored(const Scene& scene, std::size_t i) const {
    if (kind_ == HeadKind::words) return {};
    if (kind_ == HeadKind::spans)
      return numbers_of(SpanSample{sampler_->evaluation_spans(scene.sentences[i]), {}});
    return numbers_of(PairSample{sampler_->evaluation_pairs(4), {}});
  }

  std::shared_ptr<Sampler> sampler_;
  HeadKind kind_;
};

class SamplerSubject : public Subject {
 public:
  SamplerSubject(const Surroundings& around, const std::string& id)
      : Subject(around, ComponentKind::sampler, id) {}

  std::vector<Use> uses() const override { return kind_uses(); }

 private:
  std::unique_ptr<Built> make(const Order& order) const override {
    auto built = std::make_unique<BuiltSampler>(made_sampler(*this, order), order.use.kind);
    try_out(*built);
    return built;
  }
};

}  // namespace

std::shared_ptr<Sampler> made_sampler(const Subject& subject, const Order& order) {
  const bool pairs = order.use.kind == HeadKind::pairs;
  const std::size_t types = pairs ? inventory().relations.size() : inventory().entities.size();
  const SamplerSetup setup{.kind = order.use.kind,
                           .inventory = inventory(),
                           .gold = std::vector<std::int64_t>(types, 2),
                           .context = context_at(subject.around.trial, "")};
  const Registry& registry = subject.around.registry;
  return build_nested(registry, subject.setting(order), setup,
                      [&](const ComponentSetting& one, const SamplerSetup& own) {
                        return registry.sampler(one.id, one.parameters, own);
                      });
}

std::unique_ptr<Subject> sampler_subject(const Surroundings& around, const std::string& id) {
  return std::make_unique<SamplerSubject>(around, id);
}

}  // namespace spanlab::host::suite
