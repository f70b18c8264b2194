// SPDX-License-Identifier: MIT
#include "parity/spert_model.hpp"

#include <ATen/ATen.h>

#include "data/card.hpp"
#include "model/model_file.hpp"
#include "spanlab/error.hpp"
#include "train/pretrained.hpp"
#include "train/schedule.hpp"
#include "components.hpp"

namespace spanlab::test {

namespace {

// A folder with the files that an encoder is made of; the fixtures' small one has no vocabulary of its own.
struct EncoderFolder {
  std::filesystem::path path;
  std::unique_ptr<TemporaryFolder> made;
};

std::optional<EncoderFolder> encoder_folder(const nlohmann::json& config,
                                            const std::filesystem::path& folder) {
  if (!config.contains("encoder")) return EncoderFolder{};
  const std::string name = config.at("encoder");
  if (std::filesystem::is_directory(folder / name)) {
    const std::filesystem::path source = std::filesystem::canonical(folder / name);
    auto made = std::make_unique<TemporaryFolder>();
    for (const char* file : {"config.json", "model.safetensors"})
      std::filesystem::create_symlink(source / file, made->path() / file);
    const char* vocabulary =
        config.value("lowercase", true) ? "bert-base-uncased.txt" : "bert-base-cased.txt";
    std::filesystem::create_symlink(shared_folder() / "vocab" / vocabulary, made->path() / "vocab.txt");
    return EncoderFolder{made->path(), std::move(made)};
  }
  try {
    const CardIndex cards(standard_locations({}), components());
    return EncoderFolder{
        pretrained_model(configured({{"encoder", {{"component", "bert"}, {"model", "minilm"}}}}).encoder,
                         components(), cards)
            .folder,
        nullptr};
  } catch (const Error& error) {
    BOOST_TEST_MESSAGE("skipped, encoder " << name << ": " << error.what());
    return std::nullopt;
  }
}

}  // namespace

at::Tensor parameter_of(const Model& model, const std::string& name) {
  const auto parameters = model.named_parameters();
  const at::Tensor* found = parameters.find(parameter_name(name));
  return found ? *found : at::Tensor();
}

std::shared_ptr<Model> spert_model(const nlohmann::json& config, const std::filesystem::path& folder,
                                   const NamedTensors& layers, Precision precision) {
  const std::optional<EncoderFolder> encoder = encoder_folder(config, folder);
  if (!encoder) return nullptr;
  Generator generator(1);
  nlohmann::json configuration = configuration_of(config);
  if (precision == Precision::bf16) configuration["train"]["precision"] = "bf16";
  const std::string vocabulary =
      config.contains("word_dim") ? vocabulary_text(read_json(folder / "vocabulary.json"), config["word_dim"])
                                  : "";
  auto model = std::make_shared<Model>(ModelSetup{
      configured(configuration), components(), labels_of(config), encoder->path, {}, vocabulary, generator});
  const at::NoGradGuard no_gradients;
  for (const auto& [name, tensor] : layers) parameter_of(*model, name).copy_(tensor);
  for (const RoundedWeight& one : model->encoder().rounded_weights()) one.copy.copy_(one.weight);
  return model;
}

std::shared_ptr<Model> run_trajectory(const std::filesystem::path& folder, const TrajectoryEvents& events,
                                      const std::function<void(Model&)>& begin, Precision precision) {
  const nlohmann::json config = read_json(folder / "config.json");
  const auto model =
      spert_model(config, folder, read_tensors(folder / "init.safetensors").tensors, precision);
  if (!model) return nullptr;
  if (begin) begin(*model);
  const std::vector<nlohmann::json> steps = read_json_lines(folder / "batches.jsonl");
  std::vector<Sentence> sentences;
  for (const nlohmann::json& step : steps) {
    for (const nlohmann::json& item : step.at("sentences"))
      sentences.push_back(sentence_of(item, model->labels()));
  }
  const std::vector<EncodedSentence> encoded = model->encode(sentences);
  const nlohmann::json& rule = config.at("optimizer");
  Optimizer optimizer = make_optimizer(
      *model, encoded,
      {rule.at("name") == "bert_adamw" ? UpdateRule::bert_adamw : UpdateRule::torch_adamw,
       rule.at("weight_decay"), config.at("max_grad_norm"), rule.at("beta1"), rule.at("beta2")});
  const nlohmann::json& course = config.at("schedule");
  const bool constant = course == "constant";
  const WarmupDecay schedule =
      constant ? WarmupDecay{rule.at("lr"), 0, 1, Decay::none}
               : WarmupDecay{rule.at("lr"), course.at("warmup_steps"), course.at("total_steps")};
  Generator generator(1);
  std::size_t next = 0;
  for (std::size_t step = 0; step < steps.size(); ++step) {
    std::vector<Item> items;
    std::vector<SentenceSample> samples;
    for (const nlohmann::json& item : steps[step].at("sentences")) {
      BOOST_TEST(encoded[next].ids ==
                 item.at(item.contains("ids") ? "ids" : "word_ids").get<std::vector<std::int64_t>>());
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
