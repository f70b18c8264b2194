// SPDX-License-Identifier: MIT
// What the encoder reads from its folder: vocabulary, casing, configuration and weights, or why it refuses
// them.
#include "bert_folder.hpp"

using namespace spanlab;
using namespace spanlab::host;
using namespace spanlab::test;
using bert::BertEncoder;

BOOST_AUTO_TEST_SUITE(encoder_bert_folder)

BOOST_AUTO_TEST_CASE(sentences_are_cut_into_pieces) {
  BertFolder folder;
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
  BertFolder folder;
  auto cased = [](const BertEncoder& encoder) { return encoder.encode({"s", "", {"Old"}, {}}).ids[1] == 1; };
  BOOST_TEST(!cased(*folder.encoder()));
  BOOST_TEST(cased(*folder.encoder({{"casing", std::string("cased")}})));
  std::ofstream(folder.path() / "tokenizer_config.json") << R"({"do_lower_case": false})";
  BOOST_TEST(cased(*folder.encoder()));
}

BOOST_AUTO_TEST_CASE(checkpoints_by_other_names) {
  BertFolder folder;
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
  auto expect = [](const std::function<void(BertFolder&)>& change, std::vector<std::string> fragments) {
    BertFolder folder;
    change(folder);
    std::string message = folder.refusal();
    for (const std::string& fragment : fragments)
      BOOST_TEST(message.find(fragment) != std::string::npos, message << " lacks: " << fragment);
  };
  expect([](BertFolder& f) { f.pieces.push_back("new"); },
         {"vocab.txt", "has 10 pieces, but config.json and the weights have 9 rows"});
  expect(
      [](BertFolder& f) {
        f.weights.erase("encoder.layer.1.output.dense.bias"), f.weights.erase("embeddings.LayerNorm.weight");
      },
      {"2 tensors are missing: 'embeddings.LayerNorm.weight', 'encoder.layer.1.output.dense.bias'"});
  expect([](BertFolder& f) { f.weights["encoder.layer.0.output.dense.bias"][3] = std::nan(""); },
         {"'encoder.layer.0.output.dense.bias' holds 1 numbers that are not finite"});
  expect([](BertFolder& f) { f.prefix = "roberta."; }, {"tensors begin with 'roberta.'"});
  expect([](BertFolder& f) { f.weights["embeddings.position_embeddings.weight"] = at::zeros({13, 40}); },
         {"has the shape [13,40], but config.json asks for [12,40]"});
  expect([](BertFolder& f) { f.weights["encoder.layer.0.output.dense.bias"] = at::zeros({40}, at::kLong); },
         {"does not hold floating-point numbers"});
  expect([](BertFolder& f) { f.config.erase("hidden_size"), f.config["num_hidden_layers"] = -1; },
         {"hidden_size: is missing", "num_hidden_layers: expected a whole number from 1 to 1000, got -1"});
  expect([](BertFolder& f) { f.config["num_attention_heads"] = 7; }, {"7 does not divide hidden_size 40"});
  expect([](BertFolder& f) { f.config["hidden_act"] = "relu"; },
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
    BertFolder folder;
    folder.config[key] = value;
    const std::string message = folder.refusal();
    BOOST_TEST(message.find(std::string("config.json: ") + key + ": ") != std::string::npos,
               key << " = " << value << ": " << message);
  }
}

BOOST_AUTO_TEST_CASE(checkpoints_with_room_and_further_tensors) {
  BertFolder folder;
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
  BertFolder folder;
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

BOOST_AUTO_TEST_SUITE_END()
