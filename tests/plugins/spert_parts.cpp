// SPDX-License-Identifier: MIT
#include "plugins/spert_parts.hpp"

#include "spanlab/span_ops.hpp"

namespace spanlab::test {

Parameters parameters(ComponentKind kind, const std::string& id, const std::map<std::string, Value>& given) {
  return Parameters(components().info(kind, id).schema, given);
}

Scene::Scene(std::int64_t width) {
  inventory = {{{"A", "A", false}, {"B", "B", false}},
               {{"R", "R", false}, {"S", "S", true}, {"T", "T", false}}};
  for (std::int64_t words : {6, 4}) {
    Sentence sentence{
        std::to_string(words), "", std::vector<std::string>(static_cast<std::size_t>(words), "w"), {{}}};
    EncodedSentence units{std::vector<std::int64_t>(static_cast<std::size_t>(words), 0), {}, {}};
    for (std::int64_t i = 0; i < words; ++i) units.words.push_back({i, i + 1});
    sentences.push_back(std::move(sentence));
    encoded.push_back(std::move(units));
  }
  const Item items[] = {{&sentences[0], &encoded[0]}, {&sentences[1], &encoded[1]}};
  batch = make_batch(items);
  Generator generator(3);
  auto random = [&](std::int64_t rows) {
    at::Tensor states = at::empty({rows, width}, at::kDouble);
    fill_normal(states, 1, generator);
    return states;
  };
  features = {random(10), random(2)};
}

}  // namespace spanlab::test
