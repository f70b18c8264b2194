// SPDX-License-Identifier: MIT
#include <ATen/ATen.h>

#include <algorithm>

#include "bert/bert.hpp"
#include "parity/fixtures.hpp"
#include "plugins/batches.hpp"
#include "spanlab/tensors_file.hpp"

using namespace spanlab;
using namespace spanlab::host;
using namespace spanlab::test;

namespace {

constexpr double kTolerance = 1e-4;  // encoder/README.md; more than 2e-5 deserves a look

// The folder with the weights: the fixture's own, else $SPANLAB_DATA/<name>.
std::filesystem::path model_folder(const std::filesystem::path& fixture) {
  if (std::filesystem::exists(fixture / "model.safetensors")) return fixture;
  const char* data = std::getenv("SPANLAB_DATA");
  std::filesystem::path folder =
      data ? std::filesystem::path(data) / fixture.filename() : std::filesystem::path();
  if (!folder.empty() && std::filesystem::exists(folder / "model.safetensors")) return folder;
  BOOST_TEST_MESSAGE("skipped: no weights of " << fixture.filename() << " (set SPANLAB_DATA)");
  return {};
}

void compare(Comparison& comparison, const std::string& kind, const at::Tensor& got,
             const at::Tensor& expected, const std::string& place) {
  BOOST_TEST_REQUIRE(got.sizes() == expected.sizes());
  at::Tensor a = got.contiguous(), b = expected.contiguous();
  for (std::int64_t i = 0; i < a.numel(); ++i) {
    comparison.absolute(kind, a.const_data_ptr<float>()[i], b.const_data_ptr<float>()[i], kTolerance, place);
  }
}

// The same encoder cut after its first `layers` layers, whose output is then the last one.
class CutEncoder {
 public:
  CutEncoder(const std::filesystem::path& folder, std::int64_t layers) {
    nlohmann::json config = read_json(folder / "config.json");
    config["num_hidden_layers"] = layers;
    std::ofstream(cut_.path() / "config.json") << config;
    std::filesystem::create_symlink(std::filesystem::canonical(folder / "model.safetensors"),
                                    cut_.path() / "model.safetensors");
    std::filesystem::create_symlink(shared_folder() / "vocab/bert-base-uncased.txt",
                                    cut_.path() / "vocab.txt");
    Generator generator(1);
    encoder_ = std::make_unique<bert::BertEncoder>(
        Parameters(bert::bert_schema(), {{"casing", std::string("uncased")}}),
        EncoderSetup{.model = cut_.path(), .training = {}, .vocabulary = "", .generator = generator});
  }
  bert::BertEncoder& operator*() const { return *encoder_; }

 private:
  TemporaryFolder cut_;
  std::unique_ptr<bert::BertEncoder> encoder_;
};

// The output of every layer, and of the embeddings, which stand before the first one's norm.
void compare_each_layer(Comparison& comparison, const std::filesystem::path& folder,
                        const NamedTensors& layers) {
  const at::Tensor& ids = layers.at("input_ids");
  const MadeBatch one({{std::vector<std::int64_t>(ids.const_data_ptr<std::int64_t>(),
                                                  ids.const_data_ptr<std::int64_t>() + ids.numel()),
                        {},
                        {}}});
  const auto count = static_cast<std::int64_t>(layers.size()) - 2;
  Generator generator(1);
  for (std::int64_t k = 1; k <= count; ++k) {
    const CutEncoder cut(folder, k);
    Pass pass{Mode::evaluation, generator};
    const std::string place = "layer " + std::to_string(k);
    compare(comparison, "output of each layer", (*cut).forward(one.batch, pass).units,
            layers.at("layer_" + std::to_string(k))[0], place);
    if (k > 1) continue;
    Perturbation embeddings;
    Pass watched{Mode::evaluation, generator, &embeddings};
    (*cut).forward(one.batch, watched);
    const bert::Affine& norm = (*cut).network().norm;
    const at::Tensor normed = at::layer_norm(embeddings.seen, {(*cut).width()}, norm.weight, norm.bias,
                                             (*cut).network().config.layer_norm_eps);
    compare(comparison, "output of the embeddings", normed, layers.at("layer_0")[0], "layer 0");
  }
}

// Words as the encoder cuts them, and the largest of its states.
void compare_texts(Comparison& comparison, const std::filesystem::path& folder,
                   const std::filesystem::path& fixture, const NamedTensors& layers,
                   const std::vector<EncodedSentence>& rows, const at::Tensor& states) {
  const nlohmann::json texts = read_json(fixture / "sentences.json");
  const CutEncoder cut(folder, 1);
  const auto check = [&](const nlohmann::json& text, std::span<const std::int64_t> expected) {
    const EncodedSentence encoded = (*cut).encode({"", "", text.at("tokens"), {}});
    comparison.exact("pieces of words", std::ranges::equal(encoded.ids, expected), text.at("index").dump());
    comparison.exact("number of pieces", encoded.ids.size() == text.at("length"), text.at("index").dump());
  };
  comparison.exact("number of sentences", texts.at("batch").size() == rows.size(), "batch");
  for (std::size_t s = 0; s < rows.size(); ++s) check(texts["batch"][s], rows[s].ids);
  const at::Tensor& ids = layers.at("input_ids");
  check(texts.at("layers"), {ids.const_data_ptr<std::int64_t>(), static_cast<std::size_t>(ids.numel())});
  const nlohmann::json noise =
      read_json(fixture.parent_path() / "noise.json").at(fixture.filename().string());
  comparison.absolute("largest state", states.abs().max().item<double>(), noise.at("max_abs"), kTolerance,
                      "batch");
}

struct Row {
  EncodedSentence sentence;
  at::Tensor states;
};

// The rows of batch.safetensors without their padding.
std::vector<Row> rows_of(const NamedTensors& file) {
  std::vector<Row> rows;
  const at::Tensor &ids = file.at("input_ids"), &mask = file.at("attention_mask");
  for (std::int64_t s = 0; s < ids.size(0); ++s) {
    std::int64_t units = mask[s].sum().item<std::int64_t>();
    const std::int64_t* id = ids[s].const_data_ptr<std::int64_t>();
    rows.push_back({{std::vector<std::int64_t>(id, id + units), {}, {}},
                    file.at("last_hidden_state")[s].slice(0, 0, units)});
  }
  return rows;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(encoder)

BOOST_AUTO_TEST_CASE(states_of_the_reference) {
  if (fixtures_folder("encoder").empty()) return;
  at::NoGradGuard no_gradient;
  for (const std::filesystem::path& fixture : cases("encoder")) {
    if (!std::filesystem::is_directory(fixture)) continue;
    std::filesystem::path folder = model_folder(fixture);
    if (folder.empty()) continue;
    Comparison comparison("encoder " + fixture.filename().string());
    Generator generator(1);
    Pass pass{Mode::evaluation, generator};
    bert::BertEncoder encoder(Parameters(bert::bert_schema(), {}), {folder, {}, "", generator});

    std::vector<Row> rows = rows_of(read_tensors(fixture / "batch.safetensors").tensors);
    std::vector<EncodedSentence> sentences;
    for (const Row& row : rows) sentences.push_back(row.sentence);
    MadeBatch together(sentences);
    at::Tensor states = encoder.forward(together.batch, pass).units;
    for (std::size_t s = 0; s < rows.size(); ++s) {
      std::string place = "sentence " + std::to_string(s);
      at::Tensor part = states.slice(0, together.batch.unit_offsets[s], together.batch.unit_offsets[s + 1]);
      compare(comparison, "states of a packed batch", part, rows[s].states, place);
      MadeBatch alone({rows[s].sentence});
      compare(comparison, "the sentence alone", encoder.forward(alone.batch, pass).units, rows[s].states,
              place);
    }
    NamedTensors layers = read_tensors(fixture / "layers.safetensors").tensors;
    const at::Tensor& ids = layers.at("input_ids");
    MadeBatch one({{std::vector<std::int64_t>(ids.const_data_ptr<std::int64_t>(),
                                              ids.const_data_ptr<std::int64_t>() + ids.numel()),
                    {},
                    {}}});
    Features features = encoder.forward(one.batch, pass);
    const at::Tensor& last = layers.at("layer_" + std::to_string(layers.size() - 2));
    compare(comparison, "sentence vector", features.sentences[0], last[0][0], "layers.safetensors");
    compare_each_layer(comparison, folder, layers);
    compare_texts(comparison, folder, fixture, layers, together.encoded, states);
  }
}

BOOST_AUTO_TEST_SUITE_END()
