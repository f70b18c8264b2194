// SPDX-License-Identifier: MIT
#include "parity/spert_model.hpp"

#include <ATen/ATen.h>

#include "data/card.hpp"
#include "model/model_file.hpp"
#include "spanlab/error.hpp"
#include "train/pretrained.hpp"
#include "train/schedule.hpp"

namespace spanlab::test {

namespace {

nlohmann::json task_of(const nlohmann::json& config, const std::string& head, const std::string& loss, const std::string& negatives) {
  nlohmann::json task{{"head", {{"component", head}, {"dropout", config.value("dropout", 0.0)}}},
                      {"loss", {{"classify", {{"component", loss}}}}},
                      {"labeler", {{"component", "hard"}}},
                      {"sampler", {{"component", "uniform"}, {"max_span_width", config.value("max_span_size", 10)}}}};
  task["head"]["width_embedding"] = config.at("size_embedding");
  if (config.contains(negatives)) task["sampler"]["negatives"] = config.at(negatives);
  return task;
}

nlohmann::json configuration_of(const nlohmann::json& config) {
  nlohmann::json entity = task_of(config, "span", "cross_entropy", "neg_entity_count");
  nlohmann::json relation = task_of(config, "pair", "bce", "neg_relation_count");
  relation["spans"] = "entity";
  if (config.contains("layers")) {  // task-specific depth
    for (auto& [name, task] : {std::pair<const char*, nlohmann::json&>("entity", entity), {"relation", relation}}) {
      task.update({{"depth", config["layers"].at(name)}, {"cell", config.at("rnn")}, {"size", config.at("rnn_hidden")}, {"dropout", config.at("dropout")}});
    }
  }
  if (config.contains("rel_filter_threshold")) relation["head"]["threshold"] = config["rel_filter_threshold"];
  return {{"encoder", {{"component", "bert"}, {"dropout", config.value("dropout", 0.0)}}}, {"entity", entity}, {"relation", relation}};
}

// A folder with the files that an encoder is made of; the fixtures' small one has no vocabulary of its own.
struct EncoderFolder {
  std::filesystem::path path;
  std::unique_ptr<TemporaryFolder> made;
};

std::optional<EncoderFolder> encoder_folder(const nlohmann::json& config, const std::filesystem::path& folder) {
  const std::string name = config.at("encoder");
  if (std::filesystem::is_directory(folder / name)) {
    const std::filesystem::path source = std::filesystem::canonical(folder / name);
    auto made = std::make_unique<TemporaryFolder>();
    for (const char* file : {"config.json", "model.safetensors"}) std::filesystem::create_symlink(source / file, made->path() / file);
    const char* vocabulary = config.value("lowercase", true) ? "bert-base-uncased.txt" : "bert-base-cased.txt";
    std::filesystem::create_symlink(shared_folder() / "vocab" / vocabulary, made->path() / "vocab.txt");
    return EncoderFolder{made->path(), std::move(made)};
  }
  try {
    const CardIndex cards(standard_locations({}));
    return EncoderFolder{pretrained_folder({{"encoder", {{"model", "minilm"}}}}, cards), nullptr};
  } catch (const Error& error) {
    BOOST_TEST_MESSAGE("skipped, encoder " << name << ": " << error.what());
    return std::nullopt;
  }
}

const std::map<std::string, std::string> kHeads{
    {"size_embeddings.weight", "entity.head.widths"},       {"entity_classifier.weight", "entity.head.classify_weight"},
    {"entity_classifier.bias", "entity.head.classify_bias"}, {"rel_classifier.weight", "relation.head.classify_weight"},
    {"rel_classifier.bias", "relation.head.classify_bias"}};

SentenceSample given_sample(const Model& model, const Sentence& sentence, const nlohmann::json& item) {
  SentenceSample sample(model.tasks().size());
  for (std::size_t i = 0; i < model.tasks().size(); ++i) {
    const bool pairs = model.tasks()[i].of_pairs();
    std::int32_t gold = 0;
    for (const nlohmann::json& candidate : item.at(pairs ? "relations" : "entities")) {
      if (pairs) sample[i].pairs.pairs.push_back({candidate.at("head"), candidate.at("tail")});
      else sample[i].spans.spans.push_back({candidate.at("start"), candidate.at("end")});
      if (candidate.at("type") == "None") continue;
      (pairs ? sample[i].pairs.gold : sample[i].spans.gold).push_back({gold++});
    }
  }
  label_samples(model, sentence, sample);
  return sample;
}

}  // namespace

Inventory inventory_of(const nlohmann::json& types) {
  auto read = [](const nlohmann::json& list) {
    std::vector<LabelType> all;
    for (const nlohmann::json& type : list) {
      if (type.at("index") != 0) all.push_back({type.at("name"), type.at("name"), type.value("symmetric", false)});
    }
    return all;
  };
  return {read(types.at("entities")), read(types.at("relations"))};
}

std::int32_t type_index(const std::vector<LabelType>& types, const std::string& name) {
  const auto found = std::ranges::find(types, name, &LabelType::name);
  BOOST_REQUIRE_MESSAGE(found != types.end(), "no type " << name);
  return static_cast<std::int32_t>(found - types.begin());
}

Sentence sentence_of(const nlohmann::json& item, const Inventory& inventory) {
  Sentence sentence{"", "", item.at("tokens"), {{}}};
  for (const nlohmann::json& entity : item.at("entities")) {
    if (entity.at("type") == "None") continue;
    sentence.views[0].entities.push_back({{entity.at("start"), entity.at("end")}, type_index(inventory.entities, entity.at("type"))});
  }
  for (const nlohmann::json& relation : item.at("relations")) {
    if (relation.at("type") == "None") continue;
    sentence.views[0].relations.push_back({relation.at("head"), relation.at("tail"), type_index(inventory.relations, relation.at("type"))});
  }
  return sentence;
}

at::Tensor parameter_of(const Model& model, const std::string& name) {
  const auto head = kHeads.find(name);
  if (const std::size_t tower = name.find("_rnn."); tower != std::string::npos) {
    return model.named_parameters()[name.substr(0, tower) + ".tower." + name.substr(tower + 5)];
  }
  const std::string bare = name.starts_with("bert.") ? name.substr(5) : name;
  const auto parameters = model.named_parameters();
  const at::Tensor* found = parameters.find(head != kHeads.end() ? head->second : "encoder." + bare);
  return found ? *found : at::Tensor();
}

std::shared_ptr<Model> spert_model(const nlohmann::json& config, const std::filesystem::path& folder, const NamedTensors& layers) {
  const std::optional<EncoderFolder> encoder = encoder_folder(config, folder);
  if (!encoder) return nullptr;
  Generator generator(1);
  const nlohmann::json configuration = configuration_of(config);
  auto model = std::make_shared<Model>(
      ModelSetup{configuration, components(), {{"default"}, {inventory_of(config.at("types"))}}, encoder->path, {}, "", generator});
  const at::NoGradGuard no_gradients;
  for (const auto& [name, tensor] : layers) parameter_of(*model, name).copy_(tensor);
  return model;
}

std::shared_ptr<Model> run_trajectory(const std::filesystem::path& folder, const TrajectoryEvents& events,
                                      const std::function<void(Model&)>& begin) {
  const nlohmann::json config = read_json(folder / "config.json");
  const auto model = spert_model(config, folder, read_tensors(folder / "init.safetensors").tensors);
  if (!model) return nullptr;
  if (begin) begin(*model);
  const std::vector<nlohmann::json> steps = read_json_lines(folder / "batches.jsonl");
  std::vector<Sentence> sentences;
  for (const nlohmann::json& step : steps) {
    for (const nlohmann::json& item : step.at("sentences")) sentences.push_back(sentence_of(item, model->labels().inventories[0]));
  }
  const std::vector<EncodedSentence> encoded = model->encode(sentences);
  const nlohmann::json& rule = config.at("optimizer");
  Optimizer optimizer = make_optimizer(*model, encoded, {rule.at("name") == "bert_adamw" ? UpdateRule::bert_adamw : UpdateRule::torch_adamw,
                                                         rule.at("weight_decay"), config.at("max_grad_norm"), rule.at("beta1"), rule.at("beta2")});
  const WarmupDecay schedule{rule.at("lr"), config.at("schedule").at("warmup_steps"), config.at("schedule").at("total_steps")};
  Generator generator(1);
  std::size_t next = 0;
  for (std::size_t step = 0; step < steps.size(); ++step) {
    std::vector<Item> items;
    std::vector<SentenceSample> samples;
    for (const nlohmann::json& item : steps[step].at("sentences")) {
      BOOST_TEST(encoded[next].ids == item.at("ids").get<std::vector<std::int64_t>>());
      items.push_back({&sentences[next], &encoded[next]});
      samples.push_back(given_sample(*model, sentences[next], item));
      ++next;
    }
    const Batch batch = make_batch(items);
    if (events.begin) events.begin(step, batch, samples);
    Pass pass{Mode::training, generator};
    const StepLosses losses = find_gradients(*model, batch, samples, pass);
    if (events.gradients) events.gradients(step, losses, optimizer);
    const double rate = schedule.rate(static_cast<std::int64_t>(step));
    const double norm = optimizer.step(rate).item<double>();
    if (events.end) events.end(step, norm, rate);
  }
  optimizer.settle();
  return model;
}

}  // namespace spanlab::test
