// SPDX-License-Identifier: MIT
#include "birnn/birnn.hpp"

#include <ATen/ATen.h>

#include <fstream>

#include "plugins/batches.hpp"
#include "spanlab/error.hpp"
#include "test.hpp"

using namespace spanlab;
using namespace spanlab::test;
using birnn::BirnnEncoder;

namespace {

std::vector<Sentence> training() {
  return {{"a", "", {"The", "old", "mill", "by", "the", "Mill", "River"}, {}},
          {"b", "", {"Rust", "eats", "the", "old", "bridge", "."}, {}}};
}

Parameters small(std::map<std::string, Value> more = {}) {
  more.insert({{"word_size", std::int64_t{6}},
               {"character_size", std::int64_t{5}},
               {"character_states", std::int64_t{4}},
               {"size", std::int64_t{3}}});
  return Parameters(birnn::birnn_schema(), more);
}

std::vector<EncodedSentence> encoded(const Encoder& encoder, const std::vector<Sentence>& sentences) {
  std::vector<EncodedSentence> all;
  for (const Sentence& sentence : sentences) all.push_back(encoder.encode(sentence));
  return all;
}

std::string failure(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    BOOST_TEST((error.kind() == ErrorKind::data));
    return error.what();
  }
  return "no error";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(encoder_birnn)

BOOST_AUTO_TEST_CASE(words_and_characters_are_looked_up) {
  std::vector<Sentence> sentences = training();
  Generator generator(1);
  BirnnEncoder encoder(small(), {{}, sentences, "", generator});
  EncodedSentence a = encoder.encode(sentences[0]);
  // Seen twice, lower-cased: mill, old, the.
  BOOST_TEST(a.ids == (std::vector<std::int64_t>{3, 2, 1, 0, 3, 1, 0}), boost::test_tools::per_element());
  BOOST_TEST(a.words.size() == 7);
  EncodedSentence b = encoder.encode({"x", "", {"mil\xc3\xa9"}, {}});
  BOOST_TEST(b.channels[1][0] == 4);
  BOOST_TEST(b.channels[0][3] == 0);
  BOOST_TEST(b.channels[0][0] != 0);
  BOOST_TEST(failure([&] { encoder.encode({"empty one", "", {}, {}}); }).find("empty one") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_sentence_does_not_depend_on_its_neighbours) {
  std::vector<Sentence> sentences = training();
  Generator generator(2);
  Pass pass{Mode::evaluation, generator};
  for (std::int64_t layers : {0, 1, 2}) {
    for (const char* cell : {"gru", "lstm"}) {
      BirnnEncoder encoder(small({{"layers", layers}, {"cell", std::string(cell)}}),
                           {{}, sentences, "", generator});
      std::vector<EncodedSentence> all = encoded(encoder, sentences);
      MadeBatch both(all), second({all[1]});
      Features together = encoder.forward(both.batch, pass), alone = encoder.forward(second.batch, pass);
      BOOST_TEST(together.units.size(1) == encoder.width());
      BOOST_TEST(together.sentences.size(1) == encoder.width());
      BOOST_TEST(at::allclose(together.units.slice(0, 7), alone.units, 1e-5, 1e-6));
      BOOST_TEST(at::allclose(together.sentences[1], alone.sentences[0], 1e-5, 1e-6));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_stored_model_is_built_again_from_its_vocabulary) {
  std::vector<Sentence> sentences = training();
  Generator generator(3);
  Pass pass{Mode::evaluation, generator};
  BirnnEncoder trained(small(), {{}, sentences, "", generator});
  BirnnEncoder again(small(), {{}, {}, trained.vocabulary(), generator});
  at::NoGradGuard no_gradient;
  auto from = trained.named_parameters();
  for (auto& item : again.named_parameters()) item.value().copy_(from[item.key()]);
  MadeBatch one(encoded(trained, sentences)), two(encoded(again, sentences));
  BOOST_TEST(at::equal(trained.forward(one.batch, pass).units, again.forward(two.batch, pass).units));
}

BOOST_AUTO_TEST_CASE(every_parameter_gets_a_gradient) {
  std::vector<Sentence> sentences = training();
  Generator generator(4);
  Pass pass{Mode::training, generator};
  BirnnEncoder encoder(small(), {{}, sentences, "", generator});
  MadeBatch both(encoded(encoder, sentences));
  encoder.forward(both.batch, pass).units.pow(2).sum().backward();
  for (const auto& item : encoder.named_parameters()) BOOST_TEST(item.value().grad().defined(), item.key());
  BOOST_TEST(encoder.named_parameters()["word.weight"].grad().is_sparse());
  BOOST_TEST(encoder.sparse_tables() == std::vector<std::string>{"word.weight"},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(word_vectors_from_a_file) {
  TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "vectors.txt";
  std::ofstream(file) << "old 1 2 3\nunseen -1 0.5 1e-2\r\nmill 4 5 6\n";
  std::vector<Sentence> sentences = training();
  Generator generator(5);
  BirnnEncoder encoder(small({{"vectors", file.string()}}), {{}, sentences, "", generator});
  at::Tensor table = encoder.named_parameters()["word.weight"];
  BOOST_TEST(table.size(1) == 3);
  auto number = [&](const char* word) { return encoder.encode({"x", "", {word}, {}}).ids[0]; };
  BOOST_TEST(number("Unseen") > 0);
  BOOST_TEST(at::equal(table[number("unseen")], at::tensor({-1.0f, 0.5f, 0.01f})));
  BOOST_TEST(at::equal(table[number("Mill")], at::tensor({4.0f, 5.0f, 6.0f})));

  std::ofstream(file) << ", 1 2 3\n. . . 4 5 6\nat name@domain.com  7 8 9 \n";  // as in GloVe 840B
  const birnn::Vectors vectors = birnn::read_vectors(file);
  BOOST_TEST(vectors.words == (std::vector<std::string>{",", ". . .", "at name@domain.com"}),
             boost::test_tools::per_element());
  BOOST_TEST(vectors.size == 3);
  BOOST_TEST(vectors.values == (std::vector<float>{1, 2, 3, 4, 5, 6, 7, 8, 9}),
             boost::test_tools::per_element());

  const auto read = [&](const std::string& text) {
    std::ofstream(file, std::ios::binary) << text;
    return birnn::read_vectors(file);
  };
  // As fastText and gensim write it, with tabs, blanks and blank lines at the end, numbers too small, a byte
  // order mark.
  for (const char* text : {"2 3\nold 1 2 3\nmill 4 5 6\n", "2 3 \r\nold\t1\t2\t3\r\nmill 4 5 6\r\n\r\n \n",
                           "\xEF\xBB\xBFold 1 +2 3\nmill 4e0 5 6.0\n"}) {
    const birnn::Vectors same = read(text);
    BOOST_TEST(same.words == (std::vector<std::string>{"old", "mill"}), boost::test_tools::per_element());
    BOOST_TEST(same.values == (std::vector<float>{1, 2, 3, 4, 5, 6}), boost::test_tools::per_element());
  }
  BOOST_TEST(read("a 1e-50 -1e-400\nb 1e-5 -0\n").values == (std::vector<float>{0, 0, 1e-5f, 0}),
             boost::test_tools::per_element());
  BOOST_TEST(read("18 4\nb 5\n").words == (std::vector<std::string>{"18", "b"}),
             boost::test_tools::per_element());
  BOOST_TEST(read("1 2\n. . . 5 6\n").words == (std::vector<std::string>{". . ."}),
             boost::test_tools::per_element());
  BOOST_TEST(read("a 1 2\nb 3 4\na 1 2\n").words.size() == 3);

  auto refuse = [&](const std::string& text) {
    std::ofstream(file, std::ios::binary) << text;
    return failure([&] { birnn::read_vectors(file); });
  };
  BOOST_TEST(refuse("a 1 2\nb 1 x\n").find("vectors.txt:2: \"x\" is not a number") != std::string::npos);
  BOOST_TEST(refuse("a 1 2\nb 1\n").find("vectors.txt:2: expected 2 numbers") != std::string::npos);
  BOOST_TEST(
      refuse("a 1 2\nb 1 2 3\n").find("vectors.txt:2: expected 2 numbers as in the lines before, got 3") !=
      std::string::npos);
  BOOST_TEST(refuse("a . 2\n").find("vectors.txt:1: \".\" is not a number") != std::string::npos);
  BOOST_TEST(refuse("").find("holds no word vectors") != std::string::npos);
  const std::pair<std::string, const char*> others[] = {
      {"\n", "holds no word vectors"},
      {"2 3\n", "holds no word vectors"},
      {"\na 1\n", "vectors.txt:1: expected a word"},
      {"a 1 2\n\nb 3 4\n",
       "vectors.txt:2: expected a word and its numbers, separated by blanks, got a blank line"},
      {" x 1 2\na 1 2\n", "vectors.txt:1: begins with a blank"},
      {"a 1 nan\n", "vectors.txt:1: \"nan\" is not a number"},
      {"a 1 1e999\n", "\"1e999\" is not a number"},
      {"a 1 -inf\n", "\"-inf\" is not a number"},
      {"a 1 +-1\n", "\"+-1\" is not a number"},
      {"caf\xE9 1 2\n", "vectors.txt:1: is not UTF-8"},
      {std::string("a\0b 1 2\n", 8), "vectors.txt:1: is not UTF-8 text"},
      {"a 1 2\nb 3 4\na 1 3\n", "vectors.txt:3: word 'a' has another vector in line 1"},
      {"3 2\na 1 2\nb 3 4\n", "vectors.txt:1: announces 3 words, but 2 follow"},
      {"3 2\n\xF0\xFF\xC1 1\n", "word2vec's binary form"},
      {"\x1F\x8B\x08", "is compressed"},
      {"a 1 2\nb 1 x\nc 1\n", "vectors.txt:3: expected 2 numbers"}};
  for (const auto& [text, fragment] : others) {
    const std::string message = refuse(text);
    BOOST_TEST(message.find(fragment) != std::string::npos, message << " lacks: " << fragment);
  }
  BOOST_TEST(failure([&] { birnn::read_vectors(folder.path()); }).find("folder") != std::string::npos);
  BOOST_TEST(failure([&] {
               BirnnEncoder(
                   small(),
                   {{}, {}, R"({"lower":true,"vector_size":-1,"words":[],"characters":[]})", generator});
             }).find("vectors of -1 numbers") != std::string::npos);
  BOOST_TEST(failure([] { birnn::read_vectors("/none/vectors.txt"); }).find("does not exist") !=
             std::string::npos);
  BOOST_TEST(failure([&] { BirnnEncoder(small(), {{}, {}, "{", generator}); }).find("vocabulary") !=
             std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
