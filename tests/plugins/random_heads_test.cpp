// SPDX-License-Identifier: MIT
// Heads over random sentences and candidates, each against a reference that goes from one candidate to the
// next.
#include <cmath>

#include "plugins/random_scene.hpp"
#include "spanlab/span_ops.hpp"
#include "spanlab/tags.hpp"

namespace spanlab::test {

namespace {

using Some = std::map<std::string, Value>;
using Names = std::vector<std::string>;

// Many of few words, some of more words than there are width embeddings.
std::int64_t words_of(std::uint64_t seed) { return seed % 5 == 0 ? 300 : 8; }

at::Tensor stacked(const std::vector<at::Tensor>& rows, std::int64_t columns) {
  return rows.empty() ? at::empty({0, columns}, at::kDouble) : at::stack(rows);
}

at::Tensor weight(const Head& head, const std::string& name) { return head.named_parameters()[name]; }

// The last row stands for all wider spans.
at::Tensor width_row(const at::Tensor& table, const PlacedSpan& place) {
  return table[std::min<std::int64_t>(place.span.width(), table.size(0) - 1)];
}

// A linear layer per output over each row of `inputs`.
Outputs layers(const Head& head, const std::vector<at::Tensor>& inputs) {
  Outputs outputs;
  for (const OutputShape& shape : head.outputs()) {
    std::vector<at::Tensor> rows;
    for (const at::Tensor& input : inputs)
      rows.push_back(weight(head, shape.name + "_weight").matmul(input) + weight(head, shape.name + "_bias"));
    outputs[shape.name] = stacked(rows, shape.columns);
  }
  return outputs;
}

// What the pair head is told of an entity besides its states and its width.
at::Tensor known_of(const Head& head, const Some& values, const RandomScene& scene, const Outputs& of_spans,
                    std::int32_t span) {
  const auto is = [&](const char* name) { return values.contains(name) && std::get<bool>(values.at(name)); };
  std::vector<at::Tensor> parts{at::empty({0}, at::kDouble)};
  const Names inputs = values.contains("inputs") ? std::get<Names>(values.at("inputs")) : Names();
  if (std::ranges::find(inputs, "entity_logits") != inputs.end()) {
    const at::Tensor scores = of_spans.at("classify")[span];
    parts.push_back(values.contains("logits") ? scores.exp() / scores.exp().sum() : scores);
    if (is("with_identification")) parts.push_back(of_spans.at("identify")[span]);
    if (is("detached"))
      for (at::Tensor& part : parts) part = part.detach();
  }
  if (std::ranges::find(inputs, "entity_type") != inputs.end()) {
    parts.push_back(weight(
        head, "types")[1 + scene.pairs.types[static_cast<std::size_t>(span)]]);  // a row for none comes first
  }
  return at::cat(parts);
}

at::Tensor activated(const std::string& activation, const at::Tensor& inner) {
  return activation == "tanh" ? inner.tanh() : inner.clamp_min(0);
}

// What the token pair head knows of an entity: the state of its last unit and the embedding of its last
// word's tag.
at::Tensor last_of(const Head& head, const RandomScene& scene, const Features& features, std::int32_t span) {
  const PlacedSpan& place = scene.pairs.spans[static_cast<std::size_t>(span)];
  const auto type = static_cast<std::int32_t>(scene.pairs.types[static_cast<std::size_t>(span)]);
  const std::int64_t tag = type < 0 ? 0 : place.span.width() == 1 ? begin_tag(type) : inside_tag(type);
  return at::cat({features.units[scene.units_of(place).end - 1], weight(head, "tags")[tag]});
}

at::Tensor token_pair_row(const Head& head, const std::string& activation, const at::Tensor& g,
                          const at::Tensor& h) {
  const auto inner = [&](const at::Tensor& known) {
    return activated(activation, weight(head, "ff1_weight").matmul(known) + weight(head, "ff1_bias"));
  };
  const at::Tensor f = inner(g), e = inner(h);
  // Where no unit is active there is no direction: the cosine with it is 0.
  const bool any = f.detach().norm().item<double>() > 0 && e.detach().norm().item<double>() > 0;
  const at::Tensor cosine = any ? f.dot(e) / (f.norm() * e.norm()) : at::zeros({}, at::kDouble);
  std::vector<at::Tensor> products;
  for (std::int64_t type = 0; type < weight(head, "distmult").size(0); ++type)
    products.push_back((g * weight(head, "distmult")[type] * h).sum());
  return weight(head, "ff2_weight").matmul(at::cat({f, e, cosine.unsqueeze(0), at::stack(products)})) +
         weight(head, "ff2_bias");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(random_heads)

BOOST_AUTO_TEST_CASE(scenes_have_every_edge) {
  int one_word = 0, no_spans = 0, no_pairs = 0, whole = 0, wide = 0, empty_context = 0, context = 0,
      untyped = 0;
  for (std::uint64_t seed = 0; seed < kScenes; ++seed) {
    const RandomScene scene(seed, words_of(seed));
    for (const Sentence& sentence : scene.sentences) one_word += sentence.words.size() == 1;
    no_spans += scene.pairs.spans.empty();
    no_pairs += scene.pairs.pairs.empty();
    for (const PlacedSpan& place : scene.pairs.spans) {
      whole +=
          place.span.width() == std::ssize(scene.sentences[static_cast<std::size_t>(place.sentence)].words);
      wide += place.span.width() > 99;
    }
    for (const std::int64_t type : scene.pairs.types) untyped += type < 0;
    const Candidates candidates = pair_candidates(scene.batch, scene.pairs, {});
    const at::Tensor lengths = candidates.contexts.select(1, 1) - candidates.contexts.select(1, 0);
    empty_context += (lengths == 0).sum().item<int>();
    context += (lengths > 0).sum().item<int>();
  }
  BOOST_TEST(one_word > 10);
  BOOST_TEST(no_spans > 1);
  BOOST_TEST(no_pairs > no_spans);
  BOOST_TEST(whole > 10);
  BOOST_TEST(wide > 1);
  BOOST_TEST(empty_context > 10);
  BOOST_TEST(context > 10);
  BOOST_TEST(untyped > 10);
}

BOOST_AUTO_TEST_CASE(span_head_equals_its_reference) {
  for (std::uint64_t seed = 0; seed < kScenes; ++seed) {
    BOOST_TEST_CONTEXT("scene " << seed) {
      const RandomScene scene(seed, words_of(seed));
      const Candidates candidates = span_candidates(scene.batch, scene.pairs.spans, {});
      for (const Some& values :
           {Some{}, Some{{"outputs", Names{"identify", "classify"}}}, Some{{"none_score", 0.0}}}) {
        const auto head = random_head("span", values, scene);
        BOOST_TEST(head->outputs().back().columns == std::ssize(scene.inventory.entities) + values.empty());
        compare(*head, scene, candidates, {}, [&](const Features& features, const Outputs&) {
          std::vector<at::Tensor> inputs;
          for (const PlacedSpan& place : scene.pairs.spans) {
            const at::Tensor state = scene.maximum(features.units, scene.units_of(place));
            inputs.push_back(
                at::cat({features.sentences[place.sentence], state, width_row(head->widths(), place)}));
          }
          return layers(*head, inputs);
        });
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(pair_head_equals_its_reference) {
  const Names both{"identify", "classify"}, logits{"entity_logits"};
  const std::vector<Some> variants{
      {},
      {{"outputs", both}},
      {{"inputs", logits}},
      {{"inputs", logits}, {"logits", std::string("softmax")}},
      {{"inputs", logits}, {"with_identification", true}},
      {{"inputs", logits}, {"detached", true}},
      {{"inputs", Names{"entity_type"}}, {"type_embedding", std::int64_t{3}}},
      {{"inputs", Names{"entity_logits", "entity_type"}}, {"outputs", both}, {"with_identification", true}}};
  for (std::uint64_t seed = 0; seed < kScenes; ++seed) {
    BOOST_TEST_CONTEXT("scene " << seed) {
      RandomScene scene(seed, words_of(seed));
      const Candidates candidates = pair_candidates(scene.batch, scene.pairs, {});
      const auto spans = random_head("span", {{"width_embedding", std::int64_t{4}}}, scene);
      const std::int64_t types = std::ssize(scene.inventory.entities), count = std::ssize(scene.pairs.spans);
      Outputs of_spans{{"identify", at::empty({count, 1}, at::kDouble)},
                       {"classify", at::empty({count, types}, at::kDouble)}};
      for (auto& [name, scores] : of_spans) fill_normal(scores, 1, scene.generator);
      for (std::size_t i = 0; i < variants.size(); ++i) {
        const Some& values = variants[i];
        const at::Tensor shared =
            i % 2 == 0 ? spans->widths().detach() : at::Tensor();  // of the spans' head, or its own
        const auto head = random_head("pair", values, scene, {{"identify", 1}, {"classify", types}}, shared);
        const at::Tensor table = shared.defined() ? shared : weight(*head, "widths");
        compare(
            *head, scene, candidates, head->reads_spans_outputs() ? of_spans : Outputs(),
            [&](const Features& features, const Outputs& said) {
              std::vector<at::Tensor> inputs;
              for (const Pair& pair : scene.pairs.pairs) {
                const PlacedSpan& a = scene.pairs.spans[static_cast<std::size_t>(pair.head)];
                const PlacedSpan& b = scene.pairs.spans[static_cast<std::size_t>(pair.tail)];
                inputs.push_back(at::cat(
                    {scene.between(features.units, a, b), scene.maximum(features.units, scene.units_of(a)),
                     scene.maximum(features.units, scene.units_of(b)), width_row(table, a),
                     width_row(table, b), known_of(*head, values, scene, said, pair.head),
                     known_of(*head, values, scene, said, pair.tail)}));
              }
              return layers(*head, inputs);
            });
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(crf_head_equals_its_reference) {
  for (std::uint64_t seed = 0; seed < kScenes; ++seed) {
    BOOST_TEST_CONTEXT("scene " << seed) {
      const RandomScene scene(seed, 8);
      const Candidates candidates = word_candidates(scene.batch, {});
      for (const std::string activation : {"tanh", "relu"}) {
        const auto head = random_head(
            "crf",
            {{"hidden", std::int64_t{1 + static_cast<std::int64_t>(seed % 4)}}, {"activation", activation}},
            scene);
        compare(*head, scene, candidates, {}, [&](const Features& features, const Outputs&) {
          std::vector<at::Tensor> rows;
          for (std::int64_t s = 0; s < scene.batch.size(); ++s) {
            for (std::int32_t word = 0; word < std::ssize(scene.sentences[static_cast<std::size_t>(s)].words);
                 ++word) {
              const at::Tensor state = scene.maximum(features.units, scene.units_of({s, {word, word + 1}}));
              const at::Tensor inner = activated(
                  activation, weight(*head, "ff1_weight").matmul(state) + weight(*head, "ff1_bias"));
              rows.push_back(weight(*head, "ff2_weight").matmul(inner) + weight(*head, "ff2_bias"));
            }
          }
          return Outputs{{"emissions", at::stack(rows)},
                         {"transitions", weight(*head, "transitions")},
                         {"start", weight(*head, "start")},
                         {"end", weight(*head, "end")}};
        });
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(token_pair_head_equals_its_reference) {
  for (std::uint64_t seed = 0; seed < kScenes; ++seed) {
    BOOST_TEST_CONTEXT("scene " << seed) {
      const RandomScene scene(seed, 8);
      const Candidates candidates = pair_candidates(scene.batch, scene.pairs, {});
      for (const std::string activation : {"tanh", "relu"}) {
        const std::int64_t hidden = 1 + static_cast<std::int64_t>(seed % 4);  // few: often none is active
        const auto head = random_head(
            "token_pair",
            {{"hidden", hidden}, {"tag_embedding", std::int64_t{3}}, {"activation", activation}}, scene);
        compare(*head, scene, candidates, {}, [&](const Features& features, const Outputs&) {
          std::vector<at::Tensor> rows;
          for (const Pair& pair : scene.pairs.pairs) {
            rows.push_back(token_pair_row(*head, activation, last_of(*head, scene, features, pair.head),
                                          last_of(*head, scene, features, pair.tail)));
          }
          return Outputs{{"classify", stacked(rows, std::ssize(scene.inventory.relations))}};
        });
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace spanlab::test
