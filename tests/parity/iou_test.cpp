// SPDX-License-Identifier: MIT
// Every negative of a sentence and its overlap with the nearest gold entity, against systems/iou.
#include <ATen/ATen.h>
#include <fmt/format.h>

#include "components.hpp"
#include "parity/fixtures.hpp"
#include "spanlab/sampler.hpp"

namespace spanlab::test {

BOOST_AUTO_TEST_CASE(parity_iou) {
  if (fixtures_folder().empty()) return;
  Comparison comparison("iou");
  const Inventory inventory{{{"Entity", "", false}}, {}};
  const auto all = components().sampler("all", Parameters(components().info(ComponentKind::sampler, "all").schema, {}), {HeadKind::spans, inventory, {}});
  for (const std::filesystem::path& file : cases("systems/iou")) {
    if (file.extension() != ".jsonl") continue;
    for (const nlohmann::json& line : read_json_lines(file)) {
      Sentence sentence{"", "", line["tokens"], {{}}};
      for (const nlohmann::json& entity : line["entities"]) sentence.views[0].entities.push_back({{entity["start"], entity["end"]}, 0});
      EncodedSentence encoded{.ids = line["ids"], .words = {}, .channels = {}};
      for (const nlohmann::json& word : line["token_spans"]) encoded.words.push_back({word[0], word[1]});
      const Item item{&sentence, &encoded};
      const Batch batch = make_batch({&item, 1});

      Generator generator(1);
      const SpanSample sample = all->sample_spans(sentence, sentence.views[0], generator);
      std::vector<PlacedSpan> places;
      for (std::size_t i = sample.gold.size(); i < sample.spans.size(); ++i) places.push_back({0, sample.spans[i]});
      const std::string place = fmt::format("{} {}", file.stem().string(), line["index"].dump());
      const nlohmann::json& negatives = line["negatives"];
      comparison.exact("number of negatives", places.size() == negatives.size(), place);
      Candidates candidates;
      candidates.batch = &batch;
      candidates.gold = {&sentence.views[0]};
      candidates.places = places;
      const at::Tensor words = nearest_iou(candidates, SpanUnit::words), pieces = nearest_iou(candidates, SpanUnit::pieces);
      for (std::size_t i = 0; i < std::min(places.size(), negatives.size()); ++i) {
        const nlohmann::json& negative = negatives[i];
        comparison.exact("spans", (places[i].span == Span{negative[0], negative[1]}), place);
        const auto row = static_cast<std::int64_t>(i);
        comparison.absolute("words", words[row].item<double>(), negative[2], 1e-15, place);
        comparison.absolute("pieces", pieces[row].item<double>(), negative[3], 1e-15, place);
      }
    }
  }
}

}  // namespace spanlab::test
