// SPDX-License-Identifier: MIT
#include <ATen/ATen.h>

#include "bert/bert.hpp"
#include "parity/fixtures.hpp"
#include "plugins/batches.hpp"
#include "spanlab/tensors_file.hpp"

using namespace spanlab;
using namespace spanlab::test;

namespace {

constexpr double kTolerance = 1e-4;  // encoder/README.md; more than 2e-5 deserves a look

// The folder with the weights: the fixture's own, else $SPANLAB_DATA/<name>.
std::filesystem::path model_folder(const std::filesystem::path& fixture) {
  if (std::filesystem::exists(fixture / "model.safetensors")) return fixture;
  const char* data = std::getenv("SPANLAB_DATA");
  std::filesystem::path folder = data ? std::filesystem::path(data) / fixture.filename() : std::filesystem::path();
  if (!folder.empty() && std::filesystem::exists(folder / "model.safetensors")) return folder;
  BOOST_TEST_MESSAGE("skipped: no weights of " << fixture.filename() << " (set SPANLAB_DATA)");
  return {};
}

void compare(Comparison& comparison, const std::string& kind, const at::Tensor& got, const at::Tensor& expected, const std::string& place) {
  BOOST_TEST_REQUIRE(got.sizes() == expected.sizes());
  at::Tensor a = got.contiguous(), b = expected.contiguous();
  for (std::int64_t i = 0; i < a.numel(); ++i) {
    comparison.absolute(kind, a.const_data_ptr<float>()[i], b.const_data_ptr<float>()[i], kTolerance, place);
  }
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
    rows.push_back({{std::vector<std::int64_t>(id, id + units), {}, {}}, file.at("last_hidden_state")[s].slice(0, 0, units)});
  }
  return rows;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(encoder)

BOOST_AUTO_TEST_CASE(states_of_the_reference) {
  if (fixtures_folder().empty()) return;
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
      compare(comparison, "the sentence alone", encoder.forward(alone.batch, pass).units, rows[s].states, place);
    }
    NamedTensors layers = read_tensors(fixture / "layers.safetensors").tensors;
    const at::Tensor& ids = layers.at("input_ids");
    MadeBatch one({{std::vector<std::int64_t>(ids.const_data_ptr<std::int64_t>(), ids.const_data_ptr<std::int64_t>() + ids.numel()), {}, {}}});
    Features features = encoder.forward(one.batch, pass);
    const at::Tensor& last = layers.at("layer_" + std::to_string(layers.size() - 2));
    compare(comparison, "last layer", features.units, last[0], "layers.safetensors");
    compare(comparison, "sentence vector", features.sentences[0], last[0][0], "layers.safetensors");
  }
}

BOOST_AUTO_TEST_SUITE_END()
