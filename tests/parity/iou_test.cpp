// SPDX-License-Identifier: MIT
// Every negative of a sentence and its overlap with the nearest gold entity, against systems/iou; and how
// many of whole data sets overlap how far.
#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "components.hpp"
#include "parity/fixtures.hpp"
#include "spanlab/sampler.hpp"
#include "spanlab/tokenizer.hpp"

namespace spanlab::test {

namespace {

const Inventory kOneEntityType{{{"Entity", "", false}}, {}};

std::shared_ptr<Sampler> sampler_of_all() {
  return components().sampler("all", Parameters(components().info(ComponentKind::sampler, "all").schema, {}),
                              {HeadKind::spans, kOneEntityType, {}});
}

Sentence sentence_with_entities(const nlohmann::json& item) {
  Sentence sentence{"", "", item.at("tokens"), {{}}};
  for (const nlohmann::json& entity : item.at("entities"))
    sentence.views[0].entities.push_back({{entity["start"], entity["end"]}, 0});
  return sentence;
}

/// The negatives of a sentence and their overlaps, in words and in pieces.
struct Negatives {
  Negatives(const Sentence& sentence, const EncodedSentence& encoded, const Sampler& sampler) {
    Generator generator(1);
    const SpanSample sample = sampler.sample_spans(sentence, sentence.views[0], generator);
    for (std::size_t i = sample.gold.size(); i < sample.spans.size(); ++i)
      places.push_back({0, sample.spans[i]});
    const Item item{&sentence, &encoded};
    const Batch batch = make_batch({&item, 1});
    Candidates candidates;
    candidates.batch = &batch;
    candidates.gold = {&sentence.views[0]};
    candidates.places = places;
    words = nearest_iou(candidates, SpanUnit::words), pieces = nearest_iou(candidates, SpanUnit::pieces);
  }
  std::vector<PlacedSpan> places;
  at::Tensor words, pieces;
};

constexpr std::array<const char*, 5> kBuckets{"0", "(0,0.25)", "[0.25,0.5)", "[0.5,0.75)", "[0.75,1]"};

using BucketCounts = std::array<std::int64_t, kBuckets.size()>;

void add_to(BucketCounts& counts, const at::Tensor& overlaps) {
  const auto* values = overlaps.const_data_ptr<double>();
  for (std::int64_t i = 0; i < overlaps.numel(); ++i)
    ++counts[values[i] == 0 ? 0 : 1 + static_cast<std::size_t>(std::min(3.0, values[i] * 4))];
}

// As the encoder reads a sentence: a word of which nothing is left is the unknown piece.
EncodedSentence pieces_of(const Sentence& sentence, const WordPiece& tokenizer) {
  EncodedSentence encoded{.ids = {tokenizer.begin()}, .words = {}, .channels = {}};
  for (const std::string& word : sentence.words) {
    const auto begin = std::ssize(encoded.ids);
    for (const std::int64_t id : tokenizer.encode(word)) encoded.ids.push_back(id);
    if (std::ssize(encoded.ids) == begin) encoded.ids.push_back(tokenizer.unknown());
    encoded.words.push_back({begin, std::ssize(encoded.ids)});
  }
  encoded.ids.push_back(tokenizer.end());
  return encoded;
}

// Whether a fixture's sentence reads so with this vocabulary.
bool reads_as_given(const nlohmann::json& line, const WordPiece& tokenizer) {
  return pieces_of(sentence_with_entities(line), tokenizer).ids ==
         line.at("ids").get<std::vector<std::int64_t>>();
}

// The vocabulary that the fixtures were made with, which reads all their sentences as they do. Null if there
// is none.
std::unique_ptr<WordPiece> tokenizer_of(const std::string& folder) {
  std::vector<nlohmann::json> lines;
  for (const std::filesystem::path& file : cases(folder)) {
    if (file.extension() == ".jsonl") std::ranges::copy(read_json_lines(file), std::back_inserter(lines));
  }
  for (const auto& entry : std::filesystem::directory_iterator(shared_folder() / "vocab")) {
    if (entry.path().extension() != ".txt" || lines.empty()) continue;
    for (const Casing casing : {Casing::cased, Casing::uncased}) {
      auto tokenizer = std::make_unique<WordPiece>(entry.path(), casing);
      if (std::ranges::all_of(lines,
                              [&](const nlohmann::json& line) { return reads_as_given(line, *tokenizer); }))
        return tokenizer;
    }
  }
  return nullptr;
}

}  // namespace

BOOST_AUTO_TEST_CASE(parity_iou) {
  if (fixtures_folder("systems/iou").empty()) return;
  Comparison comparison("iou");
  const auto sampler = sampler_of_all();
  for (const std::filesystem::path& file : cases("systems/iou")) {
    if (file.extension() != ".jsonl") continue;
    for (const nlohmann::json& line : read_json_lines(file)) {
      const Sentence sentence = sentence_with_entities(line);
      EncodedSentence encoded{.ids = line["ids"], .words = {}, .channels = {}};
      for (const nlohmann::json& word : line["token_spans"]) encoded.words.push_back({word[0], word[1]});
      const Negatives got(sentence, encoded, *sampler);
      const std::string place = fmt::format("{} {}", file.stem().string(), line["index"].dump());
      const nlohmann::json& negatives = line["negatives"];
      comparison.exact("number of negatives", got.places.size() == negatives.size(), place);
      for (std::size_t i = 0; i < std::min(got.places.size(), negatives.size()); ++i) {
        const nlohmann::json& negative = negatives[i];
        comparison.exact("spans", (got.places[i].span == Span{negative[0], negative[1]}), place);
        const auto row = static_cast<std::int64_t>(i);
        comparison.absolute("words", got.words[row].item<double>(), negative[2], 1e-15, place);
        comparison.absolute("pieces", got.pieces[row].item<double>(), negative[3], 1e-15, place);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(parity_iou_of_data_sets) {
  const std::filesystem::path file = fixtures_folder("systems/iou/totals.json");
  if (file.empty() || !data_sets_at_hand()) return;
  Comparison comparison("iou of data sets");
  const auto sampler = sampler_of_all();
  const auto tokenizer = tokenizer_of("systems/iou");
  BOOST_REQUIRE_MESSAGE(tokenizer,
                        "no vocabulary of the shared folder reads the fixtures' sentences as they do");
  const nlohmann::json all = read_json(file);
  for (const auto& [name, expected] : all.items()) {
    std::int64_t sentences = 0, negatives = 0;
    BucketCounts words{}, pieces{};
    for (const std::string part : expected["files"]) {
      for (const nlohmann::json& item : read_json(shared_folder() / "datasets" / part)) {
        const Sentence sentence = sentence_with_entities(item);
        const Negatives got(sentence, pieces_of(sentence, *tokenizer), *sampler);
        ++sentences;
        negatives += std::ssize(got.places);
        add_to(words, got.words);
        add_to(pieces, got.pieces);
      }
    }
    comparison.exact("sentences", sentences == expected["sentences"], name);
    comparison.exact("negatives", negatives == expected["negatives"], name);
    for (std::size_t i = 0; i < kBuckets.size(); ++i) {
      const std::string place = name + " " + kBuckets[i];
      comparison.exact("words", words[i] == expected["words"][kBuckets[i]], place);
      comparison.exact("pieces", pieces[i] == expected["pieces"][kBuckets[i]], place);
      // Written with one digit after the point.
      const double percent = 100.0 * static_cast<double>(words[i]) / static_cast<double>(negatives);
      comparison.absolute("percent of words", percent, expected["words_percent"][kBuckets[i]], 0.05 + 1e-9,
                          place);
    }
  }
}

}  // namespace spanlab::test
