// SPDX-License-Identifier: MIT
#include "bert/bert.hpp"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/autograd.h>

#include <fstream>

#include "bert/kernels.hpp"
#include "plugins/batches.hpp"
#include "spanlab/error.hpp"
#include "spanlab/vector_math.hpp"
#include "test.hpp"

using namespace spanlab;
using namespace spanlab::test;
using bert::BertEncoder;

namespace {

/// A small network with random weights in a folder, as a user would have it.
struct Folder : TemporaryFolder {
  nlohmann::json config{{"model_type", "bert"},
                        {"hidden_act", "gelu"},
                        {"hidden_size", 40},
                        {"num_hidden_layers", 2},
                        {"num_attention_heads", 4},
                        {"intermediate_size", 72},
                        {"vocab_size", 9},
                        {"max_position_embeddings", 12},
                        {"type_vocab_size", 2},
                        {"hidden_dropout_prob", 0.1},
                        {"attention_probs_dropout_prob", 0.2}};
  std::vector<std::string> pieces{"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "mill", "##s", "old", "."};
  NamedTensors weights;
  std::string prefix;

  explicit Folder(int positions = 12, int width = 40) {
    config["max_position_embeddings"] = positions;
    config["hidden_size"] = width;
    write();
    at::manual_seed(11);
    for (const bert::NamedShape& shape : bert::weight_shapes(bert::read_config(path())))
      weights[shape.name] = at::randn(shape.shape) * 0.2;
    write();
  }
  void write() const {
    std::ofstream(path() / "config.json") << config;
    std::ofstream vocabulary(path() / "vocab.txt");
    for (const std::string& piece : pieces) vocabulary << piece << '\n';
    NamedTensors named;
    for (const auto& [name, tensor] : weights) named[prefix + name] = tensor;
    write_tensors(path() / "model.safetensors", named);
  }
  std::shared_ptr<BertEncoder> encoder(std::map<std::string, Value> given = {},
                                       Precision precision = Precision::float32) const {
    Generator generator(1);
    return std::make_shared<BertEncoder>(Parameters(bert::bert_schema(), given),
                                         EncoderSetup{path(), {}, "", generator, precision});
  }
  std::string refusal() const {
    write();
    try {
      encoder();
    } catch (const Error& error) {
      BOOST_TEST((error.kind() == ErrorKind::data));
      return error.what();
    }
    return "no error";
  }
};

EncodedSentence ids(std::vector<std::int64_t> given) { return {std::move(given), {}, {}}; }

std::vector<EncodedSentence> some_sentences() {
  return {ids({2, 5, 6, 7, 8, 3}), ids({2, 3}), ids({2, 7, 5, 6, 1, 1, 7, 5, 8, 6, 3}), ids({4})};
}

struct Result {
  at::Tensor states;
  std::map<std::string, at::Tensor> gradients;
};

template <typename Forward>
Result run(BertEncoder& encoder, Mode mode, const Forward& forward) {
  Generator generator(3);
  Pass pass{mode, generator};
  for (const auto& item : encoder.named_parameters()) item.value().mutable_grad() = at::Tensor();
  Result result{forward(pass), {}};
  at::manual_seed(12);
  (result.states * at::randn(result.states.sizes())).sum().backward();
  for (const auto& item : encoder.named_parameters()) {
    at::Tensor gradient = item.value().grad();
    if (gradient.defined())
      result.gradients[item.key()] = gradient.is_sparse() ? gradient.to_dense() : gradient.clone();
  }
  return result;
}

// One sentence for each length limit.
std::vector<EncodedSentence> random_sentences(Generator& draw, const std::vector<std::uint64_t>& limits) {
  std::vector<EncodedSentence> sentences;
  for (std::uint64_t limit : limits) {
    std::vector<std::int64_t> pieces(1 + draw.below(limit));
    for (std::int64_t& piece : pieces) piece = static_cast<std::int64_t>(draw.below(9));
    sentences.push_back(ids(pieces));
  }
  return sentences;
}

// At lengths that are drawn anew in each round, so that every way of sharing work out occurs.
void expect_fused_equals_the_reference(int width) {
  Folder folder(256, width);
  std::shared_ptr<BertEncoder> encoder = folder.encoder();
  auto workspace = std::make_shared<bert::Workspace>();
  const int threads = at::get_num_threads();
  Generator lengths(7);
  for (int round = 0; round < 6; ++round) {
    at::set_num_threads(1 + round % 2);
    MadeBatch made(random_sentences(lengths, {256, 1, 120, 30}));
    const Mode mode = round % 3 == 0 ? Mode::evaluation : Mode::training;
    const Result reference = run(*encoder, mode, [&](Pass& pass) {
      return bert::forward_reference(encoder->network(), made.batch, pass);
    });
    const Result fused = run(*encoder, mode, [&](Pass& pass) {
      return bert::forward_fused(encoder->network(), made.batch, pass, workspace);
    });
    BOOST_TEST((fused.states - reference.states).abs().max().item<double>() < 5e-5);
    BOOST_TEST(fused.gradients.size() == reference.gradients.size());
    for (const auto& [name, gradient] : reference.gradients) {
      const double difference = (fused.gradients.at(name) - gradient).abs().max().item<double>();
      BOOST_TEST(difference < 5e-5 * std::max(1.0, gradient.abs().max().item<double>()),
                 name << " differs by " << difference << " in round " << round);
    }
  }
  at::set_num_threads(threads);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(encoder_bert)

BOOST_AUTO_TEST_CASE(fused_equals_the_reference) {
  Folder folder;
  std::shared_ptr<BertEncoder> encoder = folder.encoder();
  auto workspace = std::make_shared<bert::Workspace>();
  const int threads = at::get_num_threads();
  for (int count : {1, 2, 3}) {
    at::set_num_threads(count);
    for (Mode mode : {Mode::training, Mode::evaluation}) {
      for (const std::vector<EncodedSentence>& sentences :
           {some_sentences(), {some_sentences()[1]}, {some_sentences()[2], some_sentences()[0]}}) {
        MadeBatch made(sentences);
        Result reference = run(*encoder, mode, [&](Pass& pass) {
          return bert::forward_reference(encoder->network(), made.batch, pass);
        });
        Result fused = run(*encoder, mode, [&](Pass& pass) {
          return bert::forward_fused(encoder->network(), made.batch, pass, workspace);
        });
        BOOST_TEST((fused.states - reference.states).abs().max().item<double>() < 2e-5);
        BOOST_TEST(fused.gradients.size() == reference.gradients.size());
        for (const auto& [name, gradient] : reference.gradients) {
          double difference = (fused.gradients.at(name) - gradient).abs().max().item<double>();
          BOOST_TEST(difference < 2e-5 * std::max(1.0, gradient.abs().max().item<double>()),
                     name << " differs by " << difference);
        }
      }
    }
  }
  at::set_num_threads(threads);
}

// Heads of less than a vector, of whole vectors, and of one with a rest.
BOOST_AUTO_TEST_CASE(fused_equals_the_reference_at_random_lengths) {
  for (int width : {40, 128, 80}) expect_fused_equals_the_reference(width);
}

// A bfloat16 has 8 significant bits: one rounding is off by 0.2 % on average, and a dozen follow one another
// here.
BOOST_AUTO_TEST_CASE(bf16_is_near_the_reference_and_single_precision) {
  Folder folder;
  std::shared_ptr<BertEncoder> rounded = folder.encoder({}, Precision::bf16), single = folder.encoder();
  auto workspace = std::make_shared<bert::Workspace>();
  auto distance = [](const at::Tensor& a, const at::Tensor& b) {
    return (a - b).norm().item<double>() / b.norm().item<double>();
  };
  BOOST_TEST(single->rounded_weights().empty());
  BOOST_TEST(rounded->rounded_weights().size() == 12u);
  for (const RoundedWeight& one : rounded->rounded_weights())
    BOOST_TEST(at::equal(one.copy, one.weight.to(at::kBFloat16)));
  Generator draw(8);
  for (const std::vector<EncodedSentence>& sentences : {some_sentences(),
                                                        {some_sentences()[1]},
                                                        random_sentences(draw, {12, 5, 9}),
                                                        random_sentences(draw, {12})}) {
    MadeBatch made(sentences);
    for (Mode mode : {Mode::training, Mode::evaluation}) {
      Result reference = run(*rounded, mode, [&](Pass& pass) {
        return bert::forward_reference(rounded->network(), made.batch, pass);
      });
      Result fused = run(*rounded, mode, [&](Pass& pass) {
        return bert::forward_fused(rounded->network(), made.batch, pass, workspace);
      });
      Result exact = run(*single, mode, [&](Pass& pass) {
        return bert::forward_reference(single->network(), made.batch, pass);
      });
      BOOST_TEST(distance(fused.states, reference.states) < 0.01);
      BOOST_TEST(distance(fused.states, exact.states) < 0.02);
      BOOST_TEST(distance(fused.states, exact.states) > 1e-4);
      BOOST_TEST(fused.gradients.size() == exact.gradients.size());
      for (const auto& [name, gradient] : exact.gradients) {
        if (name.ends_with("key.bias")) continue;  // rounding noise: softmax does not see it
        BOOST_TEST((fused.gradients.at(name).scalar_type() == at::kFloat));
        BOOST_TEST(distance(fused.gradients.at(name), reference.gradients.at(name)) < 0.05, name);
        BOOST_TEST(distance(fused.gradients.at(name), gradient) < 0.1, name);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(passes_do_not_disturb_each_other) {
  Folder folder;
  std::shared_ptr<BertEncoder> encoder = folder.encoder({{"dropout", 0.0}});
  MadeBatch one(some_sentences()), two({some_sentences()[2]});
  Generator generator(3);
  Pass pass{Mode::training, generator};
  auto gradient = [&](const at::Tensor& states) {
    return torch::autograd::grad({states.pow(3).sum()}, {encoder->network().layers[0].output.weight})[0]
        .clone();
  };
  at::Tensor of_one = gradient(encoder->forward(one.batch, pass).units),
             of_two = gradient(encoder->forward(two.batch, pass).units);
  at::Tensor first = encoder->forward(one.batch, pass).units,
             second = encoder->forward(two.batch, pass).units;
  (first.pow(3).sum() + second.pow(3).sum()).backward();
  BOOST_TEST(at::allclose(encoder->network().layers[0].output.weight.grad(), of_one + of_two, 1e-4, 1e-4));
  encoder->forward(two.batch, pass).units.pow(3).sum().backward();  // gradients add up
  BOOST_TEST(
      at::allclose(encoder->network().layers[0].output.weight.grad(), of_one + 2 * of_two, 1e-4, 1e-4));
}

BOOST_AUTO_TEST_CASE(a_frozen_encoder_is_constant) {
  Folder folder;
  std::shared_ptr<BertEncoder> encoder = folder.encoder({{"frozen", true}});
  MadeBatch made(some_sentences());
  Generator generator(3);
  Pass pass{Mode::training, generator};
  Features features = encoder->forward(made.batch, pass);
  BOOST_TEST(!features.units.requires_grad());
  BOOST_TEST(at::equal(features.units, encoder->forward(made.batch, pass).units));
  BOOST_TEST(at::equal(features.sentences[2], features.units[8]));
  BOOST_TEST(encoder->sparse_tables().empty());
}

BOOST_AUTO_TEST_CASE(sentences_are_cut_into_pieces) {
  Folder folder;
  std::shared_ptr<BertEncoder> encoder = folder.encoder();
  EncodedSentence encoded = encoder->encode({"s", "", {"Old", "mills", "\xcc\x81", "zz"}, {}});
  BOOST_TEST(encoded.ids == (std::vector<std::int64_t>{2, 7, 5, 6, 1, 1, 3}),
             boost::test_tools::per_element());
  BOOST_TEST((encoded.words == std::vector<Rows>{{1, 2}, {2, 4}, {4, 5}, {5, 6}}));
  auto refusal = [&](const Sentence& sentence) {
    try {
      encoder->encode(sentence);
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string("no error");
  };
  BOOST_TEST(refusal({"s7", "", {}, {}}).find("s7: the sentence has no words") != std::string::npos);
  BOOST_TEST(
      refusal({"s8", "", std::vector<std::string>(11, "old"), {}}).find("s8: the sentence has 13 pieces") !=
      std::string::npos);
  BOOST_TEST(encoder->encode({"s9", "", std::vector<std::string>(10, "old"), {}}).ids.size() == 12);
}

BOOST_AUTO_TEST_CASE(casing_comes_from_the_folder_or_the_parameter) {
  Folder folder;
  auto cased = [](const BertEncoder& encoder) { return encoder.encode({"s", "", {"Old"}, {}}).ids[1] == 1; };
  BOOST_TEST(!cased(*folder.encoder()));
  BOOST_TEST(cased(*folder.encoder({{"casing", std::string("cased")}})));
  std::ofstream(folder.path() / "tokenizer_config.json") << R"({"do_lower_case": false})";
  BOOST_TEST(cased(*folder.encoder()));
}

BOOST_AUTO_TEST_CASE(checkpoints_by_other_names) {
  Folder folder;
  MadeBatch made(some_sentences());
  Generator generator(1);
  Pass pass{Mode::evaluation, generator};
  at::Tensor expected = folder.encoder()->forward(made.batch, pass).units;
  folder.prefix = "bert.";
  for (const char* part : {"embeddings", "encoder.layer.1.output"}) {
    for (auto [now, before] : {std::pair("weight", "gamma"), std::pair("bias", "beta")}) {
      auto node = folder.weights.extract(std::string(part) + ".LayerNorm." + now);
      node.key() = std::string(part) + ".LayerNorm." + before;
      folder.weights.insert(std::move(node));
    }
  }
  folder.weights.erase("pooler.dense.weight");
  folder.weights.erase("pooler.dense.bias");
  folder.weights["cls.predictions.bias"] = at::zeros({9});
  folder.write();
  BOOST_TEST(at::equal(folder.encoder()->forward(made.batch, pass).units, expected));
}

BOOST_AUTO_TEST_CASE(what_does_not_fit_is_refused) {
  auto expect = [](const std::function<void(Folder&)>& change, std::vector<std::string> fragments) {
    Folder folder;
    change(folder);
    std::string message = folder.refusal();
    for (const std::string& fragment : fragments)
      BOOST_TEST(message.find(fragment) != std::string::npos, message << " lacks: " << fragment);
  };
  expect([](Folder& f) { f.pieces.push_back("new"); },
         {"vocab.txt", "has 10 pieces, but config.json and the weights have 9 rows"});
  expect(
      [](Folder& f) {
        f.weights.erase("encoder.layer.1.output.dense.bias"), f.weights.erase("embeddings.LayerNorm.weight");
      },
      {"2 tensors are missing: 'embeddings.LayerNorm.weight', 'encoder.layer.1.output.dense.bias'"});
  expect([](Folder& f) { f.weights["encoder.layer.0.output.dense.bias"][3] = std::nan(""); },
         {"'encoder.layer.0.output.dense.bias' holds 1 numbers that are not finite"});
  expect([](Folder& f) { f.prefix = "roberta."; }, {"tensors begin with 'roberta.'"});
  expect([](Folder& f) { f.weights["embeddings.position_embeddings.weight"] = at::zeros({13, 40}); },
         {"has the shape [13,40], but config.json asks for [12,40]"});
  expect([](Folder& f) { f.weights["encoder.layer.0.output.dense.bias"] = at::zeros({40}, at::kLong); },
         {"does not hold floating-point numbers"});
  expect([](Folder& f) { f.config.erase("hidden_size"), f.config["num_hidden_layers"] = -1; },
         {"hidden_size: is missing", "num_hidden_layers: expected a whole number from 1 to 1000, got -1"});
  expect([](Folder& f) { f.config["num_attention_heads"] = 7; }, {"7 does not divide hidden_size 40"});
  expect([](Folder& f) { f.config["hidden_act"] = "relu"; },
         {"hidden_act: \"relu\" is not supported, only \"gelu\""});
}

// A number of config.json that asks for memory, and what would compute something else.
BOOST_AUTO_TEST_CASE(every_value_of_the_configuration_is_checked) {
  const std::pair<const char*, nlohmann::json> cases[] = {{"num_hidden_layers", 1000000000},
                                                          {"num_hidden_layers", 0},
                                                          {"hidden_size", 1LL << 40},
                                                          {"hidden_size", "40"},
                                                          {"hidden_size", 40.0},
                                                          {"vocab_size", 18446744073709551615ULL},
                                                          {"vocab_size", true},
                                                          {"max_position_embeddings", nullptr},
                                                          {"type_vocab_size", -2},
                                                          {"num_attention_heads", 0},
                                                          {"intermediate_size", nlohmann::json::array({72})},
                                                          {"layer_norm_eps", -1e-12},
                                                          {"layer_norm_eps", "1e-12"},
                                                          {"hidden_dropout_prob", 1.5},
                                                          {"attention_probs_dropout_prob", false},
                                                          {"model_type", "roberta"},
                                                          {"model_type", 1},
                                                          {"hidden_act", "gelu_new"},
                                                          {"position_embedding_type", "relative_key"},
                                                          {"is_decoder", true},
                                                          {"add_cross_attention", true},
                                                          {"is_encoder_decoder", "false"},
                                                          {"pruned_heads", {{"0", {1}}}},
                                                          {"quantization_config", {{"bits", 8}}},
                                                          {"auto_map", {{"AutoModel", "own.Model"}}},
                                                          {"embedding_size", 20}};
  for (const auto& [key, value] : cases) {
    Folder folder;
    folder.config[key] = value;
    const std::string message = folder.refusal();
    BOOST_TEST(message.find(std::string("config.json: ") + key + ": ") != std::string::npos,
               key << " = " << value << ": " << message);
  }
}

BOOST_AUTO_TEST_CASE(checkpoints_with_room_and_further_tensors) {
  Folder folder;
  folder.pieces = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]",
                   "mill",  "##s",   "",      "old",   ""};  // one row is nobody's, and the last line is none
  folder.prefix = "module.bert.";
  folder.weights["position_ids"] = at::arange(12);
  folder.write();
  const EncodedSentence encoded = folder.encoder()->encode({"s", "", {"mills", "old"}, {}});
  BOOST_TEST(encoded.ids == (std::vector<std::int64_t>{2, 5, 6, 8, 3}), boost::test_tools::per_element());
}

// BioBERT and SciBERT were published without tokenizer_config.json: only the card knows that they are cased.
BOOST_AUTO_TEST_CASE(the_card_says_how_words_are_read) {
  Folder folder;
  folder.pieces[8] = "Old";
  folder.write();
  PretrainedModel model(folder.path());
  model.card = "models/tiny.toml";
  model.files = {"config.json", "vocab.txt", "model.safetensors"};
  const auto id = [&](std::map<std::string, Value> given = {}) {
    Generator generator(1);
    return BertEncoder(Parameters(bert::bert_schema(), given), EncoderSetup{model, {}, "", generator})
        .encode({"s", "", {"Old"}, {}})
        .ids[1];
  };
  model.uncased = false;
  BOOST_TEST(id() == 8);
  BOOST_TEST(id({{"casing", std::string("uncased")}}) == 7);
  model.uncased = true;
  BOOST_TEST(id() == 7);
  std::ofstream(folder.path() / "tokenizer_config.json")
      << R"({"do_lower_case": true, "model_max_length": 4})";
  BOOST_TEST(id() == 7);
  model.uncased = false;
  BOOST_CHECK_THROW(id(), Error);
  BOOST_TEST(id({{"casing", std::string("cased")}}) == 8);
  Generator generator(1);
  const BertEncoder encoder(Parameters(bert::bert_schema(), {{"casing", std::string("cased")}}),
                            EncoderSetup{model, {}, "", generator});
  BOOST_CHECK_EXCEPTION(
      encoder.encode({"long", "", {"old", "old", "old"}, {}}), Error, [](const Error& error) {
        return std::string(error.what()).find("long: the sentence has 5 pieces") != std::string::npos &&
               std::string(error.what()).find("allows 4 (model_max_length)") != std::string::npos;
      });
}

// Rows and columns that fill no tile, products of transposed matrices, results beside others.
BOOST_AUTO_TEST_CASE(small_products_equal_those_of_libtorch) {
  Generator draw(9);
  at::manual_seed(10);
  for (int round = 0; round < 60; ++round) {
    const auto size = [&] { return 1 + static_cast<std::int64_t>(draw.below(50)); };
    const std::int64_t rows = size(), inner = size(), columns = size(), beside = size();
    const at::Tensor left = at::randn({rows, inner}), turned = left.t().contiguous(),
                     right = at::randn({inner, columns + beside});
    at::Tensor out = at::full({rows, columns + beside}, 7.0);
    const bert::Strided a = round % 2 ? bert::Strided{turned.const_data_ptr<float>(), 1, rows}
                                      : bert::Strided{left.const_data_ptr<float>(), inner};
    bert::small_product(a, {right.const_data_ptr<float>(), columns + beside}, inner,
                        out.mutable_data_ptr<float>(), {rows, columns, columns + beside});
    const at::Tensor expected = at::mm(left.to(at::kDouble), right.narrow(1, 0, columns).to(at::kDouble));
    BOOST_TEST((out.narrow(1, 0, columns) - expected).abs().max().item<double>() < 1e-4);
    BOOST_TEST(at::equal(out.narrow(1, columns, beside), at::full({rows, beside}, 7.0)));
  }
}

BOOST_AUTO_TEST_CASE(functions_are_exact_enough) {
  for (float x = -12; x <= 12; x += 0.0137f) {
    BOOST_TEST(std::abs(erf_of(x) - std::erf(static_cast<double>(x))) < 5e-7);
    BOOST_TEST(std::abs(tanh_of(x) - std::tanh(static_cast<double>(x))) < 3e-7);
    BOOST_TEST(std::abs(logistic(x) - 1 / (1 + std::exp(-static_cast<double>(x)))) < 3e-7);
    if (x <= 0) BOOST_TEST(std::abs(exp_of_negative(x) / std::exp(static_cast<double>(x)) - 1) < 4e-7);
  }
}

BOOST_AUTO_TEST_SUITE_END()
