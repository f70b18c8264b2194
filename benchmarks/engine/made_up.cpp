// SPDX-License-Identifier: MIT
#include "made_up.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <map>
#include <stdexcept>

#include "bert/fused.hpp"
#include "spanlab/error.hpp"
#include "spanlab/plugin.hpp"
#include "spanlab/span_ops.hpp"
#include "tasks/kinds.hpp"

#define SPANLAB_DOOR(name) extern "C" const ::spanlab::door::Entry* spanlab_plugin_##name() noexcept
SPANLAB_DOOR(span);
SPANLAB_DOOR(pair);
SPANLAB_DOOR(cross_entropy);
SPANLAB_DOOR(bce);
SPANLAB_DOOR(samplers);
SPANLAB_DOOR(hard);

namespace spanlab::host::benchmarks {

namespace {

constexpr std::int64_t kVocabulary = 30522, kPositions = 512;

/// The BERT encoder without its files.
class RandomEncoder : public Encoder {
 public:
  RandomEncoder(const bert::Config& config, Precision precision, Generator& generator) {
    NamedTensors weights;
    for (const bert::NamedShape& shape : bert::weight_shapes(config)) {
      at::Tensor tensor = at::zeros(shape.shape);
      if (shape.name.ends_with("LayerNorm.weight"))
        tensor.fill_(1);
      else if (!shape.name.ends_with("bias"))
        fill_normal(tensor, 0.02, generator);
      weights.emplace(shape.name, tensor);
    }
    network_ = bert::register_network(*this, config, std::move(weights), precision);
    for (const at::Tensor& parameter : parameters()) {
      if (parameter.dim() == 1) no_decay(parameter);
    }
  }

  std::int64_t do_width() const override { return network_.config.hidden_size; }
  EncodedSentence do_encode(const Sentence&) const override {
    throw Error(ErrorKind::usage, "", "made-up sentences are encoded already");
  }
  Features do_forward(const Batch& batch, Pass& pass) override {
    return bert::features_of(network_, batch, pass, workspace_);
  }
  std::vector<std::string> do_sparse_tables() const override { return {"embeddings.word_embeddings.weight"}; }
  std::vector<RoundedWeight> do_rounded_weights() const override { return bert::rounded_weights(network_); }

 private:
  bert::Network network_;
  std::shared_ptr<bert::Workspace> workspace_ = std::make_shared<bert::Workspace>();
};

bert::Config config_of(const std::string& size) {
  bert::Config config;
  if (size == "minilm")
    config = {
        .hidden_size = 384, .num_hidden_layers = 6, .num_attention_heads = 12, .intermediate_size = 1536};
  else if (size == "base")
    config = {
        .hidden_size = 768, .num_hidden_layers = 12, .num_attention_heads = 12, .intermediate_size = 3072};
  else
    throw std::invalid_argument("expected minilm or base, got " + size);
  config.vocab_size = kVocabulary;
  config.max_position_embeddings = kPositions;
  config.type_vocab_size = 2;
  return config;
}

/// Takes what the plugins offer.
struct Offered : Registrar {
  std::map<std::string, Schema> schemas;  // by `<kind>/<id>`
  std::map<std::string, HeadFactory> heads;
  std::map<std::string, LossFactory> losses;
  std::map<std::string, SamplerFactory> samplers;
  std::map<std::string, LabelerFactory> labelers;

  Offered() {
    for (auto door : {spanlab_plugin_span, spanlab_plugin_pair, spanlab_plugin_cross_entropy,
                      spanlab_plugin_bce, spanlab_plugin_samplers, spanlab_plugin_hard}) {
      door()->register_components(*this);
    }
  }
  Parameters defaults(const std::string& name) const { return Parameters(schemas.at(name), {}); }

  void encoder(ComponentInfo, EncoderFactory) override {}
  void head(ComponentInfo info, HeadFactory factory) override {
    keep("head/", info, heads, std::move(factory));
  }
  void loss(ComponentInfo info, LossFactory factory) override {
    keep("loss/", info, losses, std::move(factory));
  }
  void sampler(ComponentInfo info, SamplerFactory factory) override {
    keep("sampler/", info, samplers, std::move(factory));
  }
  void labeler(ComponentInfo info, LabelerFactory factory) override {
    keep("labeler/", info, labelers, std::move(factory));
  }

 private:
  template <typename Factory>
  void keep(const std::string& kind, const ComponentInfo& info, std::map<std::string, Factory>& factories,
            Factory factory) {
    schemas[kind + info.id] = info.schema;
    factories[info.id] = std::move(factory);
  }
};

Labels labels() {
  Inventory inventory;
  for (const char* name : {"Loc", "Org", "Other", "Peop"}) inventory.entities.push_back({name, name, false});
  for (const char* name : {"Kill", "Live_In", "Located_In", "OrgBased_In", "Work_For"})
    inventory.relations.push_back({name, name, false});
  return {{"default"}, {inventory}};
}

Task task_of(const Offered& offered, const Labels& labels, const std::string& name, std::int64_t width,
             Generator& generator, const Head* spans) {
  const Inventory& inventory = labels.inventories.front();
  const HeadKind kind = spans ? HeadKind::pairs : HeadKind::spans;
  const std::string head = spans ? "pair" : "span", loss = spans ? "bce" : "cross_entropy";
  HeadSetup setup{.width = width,
                  .inventory = inventory,
                  .spans_outputs = {},
                  .spans_widths = {},
                  .generator = generator};
  if (spans) {
    setup.spans_outputs = spans->outputs();
    setup.spans_widths = spans->widths();
  }
  Task task;
  task.name = name;
  task.head = offered.heads.at(head)(offered.defaults("head/" + head), setup);
  task.kind = TaskKinds().of(*task.head);
  for (const OutputShape& output : task.head->outputs()) {
    LossSetup of_output{
        .kind = kind, .columns = output.columns, .types = static_cast<std::int64_t>(task.types(inventory))};
    task.losses.emplace(output.name, offered.losses.at(loss)(offered.defaults("loss/" + loss), of_output));
  }
  const std::vector<std::int64_t> gold(task.types(inventory), 1);
  task.sampler = offered.samplers.at("uniform")(offered.defaults("sampler/uniform"), {kind, inventory, gold});
  task.labeler = offered.labelers.at("hard")(offered.defaults("labeler/hard"),
                                             {kind, labels.views, labels.inventories, 0});
  return task;
}

Sentence random_sentence(std::int32_t words, std::int64_t number, Generator& generator) {
  Sentence sentence{
      std::to_string(number), "", std::vector<std::string>(static_cast<std::size_t>(words), "word"), {}};
  Annotation gold;
  for (std::int32_t begin = 0; begin + 2 <= words && gold.entities.size() < 4;
       begin += 2 + static_cast<std::int32_t>(generator.below(8))) {
    gold.entities.push_back({{begin, begin + 1 + static_cast<std::int32_t>(generator.below(2))},
                             static_cast<std::int32_t>(generator.below(4))});
  }
  if (gold.entities.size() > 1)
    gold.relations.push_back({0, 1, static_cast<std::int32_t>(generator.below(5))});
  sentence.views.push_back(std::move(gold));
  return sentence;
}

}  // namespace

MadeUpData make_data(const MadeUp& made, Generator& generator) {
  constexpr std::int64_t kBegin = 101, kEnd = 102, kFirst = 1000;
  MadeUpData data;
  for (std::int64_t s = 0; s < made.sentences; ++s) {
    const std::int64_t units = std::min(
        kPositions, made.units / 2 + static_cast<std::int64_t>(
                                         generator.below(static_cast<std::uint64_t>(made.units + 1))));
    const std::int64_t words = std::max<std::int64_t>(1, units - 2);
    EncodedSentence encoded;
    encoded.ids.push_back(kBegin);
    for (std::int64_t w = 0; w < words; ++w) {
      encoded.ids.push_back(kFirst + static_cast<std::int64_t>(generator.below(6000)));
      encoded.words.push_back({w + 1, w + 2});
    }
    encoded.ids.push_back(kEnd);
    data.sentences.push_back(random_sentence(static_cast<std::int32_t>(words), s, generator));
    data.encoded.push_back(std::move(encoded));
  }
  return data;
}

std::shared_ptr<Model> make_model(const MadeUp& made, Generator& generator) {
  const Offered offered;
  ModelContents contents{
      labels(), std::make_shared<RandomEncoder>(config_of(made.size), made.precision, generator), {}};
  const std::int64_t width = contents.encoder->width();
  contents.tasks.push_back(task_of(offered, contents.labels, "entity", width, generator, nullptr));
  contents.tasks.push_back(
      task_of(offered, contents.labels, "relation", width, generator, contents.tasks[0].head.get()));
  return std::make_shared<Model>(std::move(contents));
}

}  // namespace spanlab::host::benchmarks
