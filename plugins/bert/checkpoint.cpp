// SPDX-License-Identifier: MIT
#include "bert/checkpoint.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <set>

#include "spanlab/error.hpp"
#include "spanlab/json_fields.hpp"

namespace spanlab::bert {

namespace fs = std::filesystem;

namespace {

// Beyond what any published BERT has; they keep a mistyped number from being allocated.
constexpr std::int64_t kMostLayers = 1000, kMostSize = 1 << 20, kMostRows = 1 << 24;
constexpr std::size_t kExamples = 3;  // names of tensors in a message

const std::string kWord = "embeddings.word_embeddings.weight";

// What this encoder does in one way only.
void check_kind(JsonFields& fields) {
  fields.only("model_type", {R"("bert")"});
  fields.only("hidden_act", {R"("gelu")"});
  fields.only("position_embedding_type", {"null", R"("absolute")"});
  for (const char* key : {"is_decoder", "add_cross_attention", "is_encoder_decoder"})
    fields.only(key, {"false"});
  fields.only("pruned_heads", {"null", "{}"});
  fields.only("quantization_config", {"null"});
  fields.only("auto_map", {"null", "{}"});
  fields.only("directionality", {R"("bidi")"});
}

// Keys of published configurations that do not change the states of the last layer in evaluation, nor dropout
// in training.
// clang-format off: one name a line says no more
constexpr std::initializer_list<const char*> kOfFiles{
    "architectures", "_name_or_path", "name_or_path", "name", "language", "transformers_version",
    "torch_dtype", "dtype", "initializer_range", "initializer_factor", "gradient_checkpointing",
    "use_cache", "output_past", "output_attentions", "output_hidden_states", "return_dict",
    "use_return_dict", "torchscript", "use_bfloat16", "xla_device", "tf_legacy_loss",
    "chunk_size_feed_forward", "attn_implementation", "_attn_implementation",
    "_attn_implementation_autoset", "pad_token_id", "bos_token_id", "eos_token_id", "sep_token_id",
    "cls_token_id", "mask_token_id", "unk_token_id", "decoder_start_token_id", "tie_word_embeddings",
    "tie_encoder_decoder", "cross_attention_hidden_size",
};
// clang-format on

// Heads of other tasks, poolers among them.
// clang-format off: one name a line says no more
constexpr std::initializer_list<const char*> kOfOtherTasks{
    "num_labels", "id2label", "label2id", "problem_type", "finetuning_task", "task_specific_params",
    "classifier_dropout", "pooler_fc_size", "pooler_num_attention_heads", "pooler_num_fc_layers",
    "pooler_size_per_head", "pooler_type", "summary_type", "summary_use_proj", "summary_activation",
    "summary_last_dropout", "summary_first_dropout", "summary_proj_to_labels", "summary_hidden_size",
};
// clang-format on

// What generates text.
// clang-format off: one name a line says no more
constexpr std::initializer_list<const char*> kOfGeneration{
    "max_length", "min_length", "do_sample", "early_stopping", "num_beams", "num_beam_groups",
    "diversity_penalty", "temperature", "top_k", "top_p", "typical_p", "repetition_penalty",
    "length_penalty", "no_repeat_ngram_size", "encoder_no_repeat_ngram_size", "bad_words_ids",
    "num_return_sequences", "output_scores", "return_dict_in_generate", "forced_bos_token_id",
    "forced_eos_token_id", "remove_invalid_values", "exponential_decay_length_penalty", "suppress_tokens",
    "begin_suppress_tokens", "prefix",
};
// clang-format on

// Of the tokenizer, which read_text_rules() reads.
// clang-format off: one name a line says no more
constexpr std::initializer_list<const char*> kOfTokenizers{
    "do_lower_case", "tokenizer_class",
};
// clang-format on

void read_over(JsonFields& fields) {
  for (const auto& keys : {kOfFiles, kOfOtherTasks, kOfGeneration, kOfTokenizers}) fields.harmless(keys);
}

bool is_there(const fs::path& path) {
  std::error_code error;
  return fs::exists(path, error);
}

// What lies in the folder in place of model.safetensors, and how to make it from that.
std::string other_weights(const fs::path& folder) {
  if (is_there(folder / "model.safetensors.index.json")) {
    return ": the weights lie in parts beside model.safetensors.index.json; join them, and name the file in "
           "the card: python3 -c \"import glob; "
           "from safetensors.torch import load_file, save_file; save_file({k: v for part in "
           "sorted(glob.glob('model-*.safetensors')) for k, v in "
           "load_file(part).items()}, 'model.safetensors')\"";
  }
  if (is_there(folder / "pytorch_model.bin")) {
    return ": pytorch_model.bin is here; convert it, and name the file in the card: python3 -c \"import "
           "torch; from safetensors.torch import "
           "save_file; w = torch.load('pytorch_model.bin', map_location='cpu', weights_only=True); "
           "save_file({k: v.clone().contiguous() for k, v in "
           "w.items()}, 'model.safetensors')\"";
  }
  for (const char* other : {"pytorch_model.bin.index.json", "tf_model.h5", "flax_model.msgpack",
                            "bert_model.ckpt.index", "model.onnx"}) {
    if (!is_there(folder / other)) continue;
    return fmt::format(
        ": {} is here, in a form that is not read; save it by transformers: "
        "AutoModel.from_pretrained('.').save_pretrained('.') "
        "(from_tf=True or from_flax=True for weights of those), and name model.safetensors in the card",
        other);
  }
  return "";
}

// The first of the names, in quotes.
std::string examples(const std::set<std::string>& names) {
  std::string text;
  std::size_t shown = 0;
  for (const std::string& name : names) {
    if (++shown > kExamples) return text + ", …";
    text += fmt::format("{}'{}'", shown > 1 ? ", " : "", name);
  }
  return text;
}

bool may_precede(const std::string& prefix) {
  return prefix.empty() || prefix == "module." || prefix == "bert." || prefix.ends_with(".bert.");
}

// What stands before all names of the network in the file.
std::string prefix_of(const TensorsFile& stored, const fs::path& file) {
  std::set<std::string> all, prefixes, others;
  for (const auto& [name, tensor] : stored.tensors) {
    all.insert(name);
    if (!name.ends_with(kWord)) continue;
    const std::string prefix = name.substr(0, name.size() - kWord.size());
    (may_precede(prefix) ? prefixes : others).insert(prefix);
  }
  if (prefixes.size() == 1) return *prefixes.begin();
  if (prefixes.size() > 1) {
    throw Error(ErrorKind::data, file.string(),
                fmt::format("holds several networks: tensors begin with {}", examples(prefixes)));
  }
  if (!others.empty()) {
    throw Error(
        ErrorKind::data, file.string(),
        fmt::format("tensors begin with {}, expected no prefix, 'module.', or one that ends in 'bert.'",
                    examples(others)));
  }
  if (stored.others.contains(kWord)) return "";
  throw Error(ErrorKind::data, file.string(),
              fmt::format("holds no BERT: tensor '{}' is missing; it holds {}", kWord,
                          all.empty() ? "none" : examples(all)));
}

// The name under which a weight stands in the file; empty if it does not.
std::string stored_name(const TensorsFile& stored, const std::string& prefix, const std::string& name) {
  std::string old = name;
  for (auto [now, before] :
       {std::pair("LayerNorm.weight", "LayerNorm.gamma"), std::pair("LayerNorm.bias", "LayerNorm.beta")}) {
    if (name.ends_with(now)) old = name.substr(0, name.size() - std::string(now).size()) + before;
  }
  for (const std::string& candidate : {prefix + name, prefix + old}) {
    if (stored.tensors.contains(candidate) || stored.others.contains(candidate)) return candidate;
  }
  return {};
}

// Why a tensor is not the weight that is expected; empty if it is.
std::string fault_of(const at::Tensor& tensor, const NamedShape& expected) {
  if (tensor.sizes() != at::IntArrayRef(expected.shape)) {
    return fmt::format("has the shape [{}], but config.json asks for [{}]",
                       fmt::join(tensor.sizes().vec(), ","), fmt::join(expected.shape, ","));
  }
  if (!tensor.is_floating_point()) return "does not hold floating-point numbers";
  // A sum is finite unless a number is not, or all are huge: the second look is for messages alone.
  if (std::isfinite(tensor.sum().item<double>()) || at::isfinite(tensor).all().item<bool>()) return "";
  return fmt::format("holds {} numbers that are not finite (NaN or infinity)",
                     at::isfinite(tensor).logical_not().sum().item<std::int64_t>());
}

}  // namespace

Config read_config(const PretrainedModel& model) {
  JsonFields fields(model.needed("config.json"));
  Config config;
  config.hidden_size = fields.whole("hidden_size", 1, kMostSize);
  config.num_hidden_layers = fields.whole("num_hidden_layers", 1, kMostLayers);
  config.num_attention_heads = fields.whole("num_attention_heads", 1, kMostSize);
  config.intermediate_size = fields.whole("intermediate_size", 1, kMostSize);
  config.vocab_size = fields.whole("vocab_size", 1, kMostRows);
  config.max_position_embeddings = fields.whole("max_position_embeddings", 1, kMostRows);
  config.type_vocab_size = fields.whole("type_vocab_size", 1, kMostRows);
  config.layer_norm_eps = fields.number_or("layer_norm_eps", config.layer_norm_eps, 0, 0.1);
  config.hidden_dropout_prob = fields.number_or("hidden_dropout_prob", config.hidden_dropout_prob, 0, 0.99);
  config.attention_probs_dropout_prob =
      fields.number_or("attention_probs_dropout_prob", config.attention_probs_dropout_prob, 0, 0.99);
  if (fields.has("embedding_size") && fields.whole("embedding_size", 1, kMostSize) != config.hidden_size) {
    fields.wrong("embedding_size", fmt::format("{} is not supported, only that of hidden_size, {}",
                                               fields.shown("embedding_size"), config.hidden_size));
  }
  check_kind(fields);
  if (config.hidden_size % config.num_attention_heads != 0) {
    fields.wrong("num_attention_heads", fmt::format("{} does not divide hidden_size {}",
                                                    config.num_attention_heads, config.hidden_size));
  }
  read_over(fields);
  fields.finish();
  fields.warn_of_others();
  return config;
}

NamedTensors read_weights(const PretrainedModel& model, const Config& config) {
  // What else lies there is looked for only where the file is missing: the card counts none of it.
  const bool absent = !is_there(model.folder / "model.safetensors");
  const fs::path file = model.needed("model.safetensors", absent ? other_weights(model.folder) : "");
  const TensorsFile stored = read_tensors(file);
  const std::string prefix = prefix_of(stored, file);
  NamedTensors weights;
  std::vector<Problem> problems;
  std::set<std::string> missing;
  for (const NamedShape& expected : weight_shapes(config)) {
    const std::string name = stored_name(stored, prefix, expected.name);
    if (name.empty()) {
      if (expected.needed) missing.insert(prefix + expected.name);
      continue;
    }
    const auto other = stored.others.find(name);
    const std::string fault =
        other == stored.others.end()
            ? fault_of(stored.tensors.at(name), expected)
            : fmt::format("is of the type {}, expected F32, F16, BF16 or F64", other->second);
    if (fault.empty()) {
      weights[expected.name] = stored.tensors.at(name).to(at::kFloat);
    } else {
      problems.push_back({file.string(), fmt::format("tensor '{}' {}", name, fault)});
    }
  }
  if (!missing.empty()) {
    problems.push_back(
        {file.string(), fmt::format("{} {} missing: {}", missing.size(),
                                    missing.size() == 1 ? "tensor is" : "tensors are", examples(missing))});
  }
  if (!problems.empty()) throw Error(ErrorKind::data, problems);
  return weights;
}

}  // namespace spanlab::bert
