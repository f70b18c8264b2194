// SPDX-License-Identifier: MIT
// Which texts are the same, and the types that the sets have.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "data/shared_texts.hpp"
#include "label_variation/sets.hpp"

namespace spanlab::host {

namespace {

constexpr const char* kShared[] = {"Compare", "Part-of", "Used-for", "Feature-of", "Evaluate-for"};

// What SciERC's reader calls a document without an id.
bool is_numbered(const std::string& id) {
  return id.starts_with("line") && id.size() > 4 && id.find_first_not_of("0123456789", 4) == id.npos;
}

}  // namespace

std::vector<Inventory> label_variation_types(bool reduced) {
  auto types = [](std::initializer_list<const char*> names) {
    std::vector<LabelType> result;
    for (const char* name : names) result.push_back({name, name, false});
    return result;
  };
  Inventory shared{types({"OtherScientificTerm"}), {}};
  for (const char* name : kShared) shared.relations.push_back({name, name, false});
  if (reduced) return {shared, shared};
  return {
      {types({"sci_Material", "sci_OtherScientificTerm", "sci_Generic", "sci_Method", "sci_Metric",
              "sci_Task"}),
       types({"Compare", "Part-of", "Used-for", "Feature-of", "Evaluate-for", "Hyponym-of", "Conjunction"})},
      {types({"sem_OtherScientificTerm"}),
       types({"Compare", "Part-of", "Used-for", "Feature-of", "Evaluate-for", "Topic"})}};
}

std::vector<const MarkedText*> match_texts(const std::vector<Abstract>& abstracts,
                                           const std::vector<MarkedText>& texts) {
  std::map<std::string, const MarkedText*> by_id;
  for (const MarkedText& text : texts) by_id.emplace(text.id, &text);
  std::vector<TextIndex> indices;
  std::vector<const MarkedText*> matches;
  for (const Abstract& abstract : abstracts) {
    auto same = by_id.find(abstract.id);
    matches.push_back(same == by_id.end() ? nullptr : same->second);
    if (matches.back() || !is_numbered(abstract.id)) continue;
    for (std::size_t i = indices.size(); i < texts.size(); ++i)
      indices.emplace_back().add(texts[i].body.text);
    std::string words;
    for (const Sentence& sentence : abstract.sentences)
      words += fmt::format("{} ", fmt::join(sentence.words, " "));
    const auto holds_most = [&](const TextIndex& index) { return index.share(words) > 0.6; };
    const auto found = std::ranges::find_if(indices, holds_most);
    if (found != indices.end()) matches.back() = &texts[static_cast<std::size_t>(found - indices.begin())];
  }
  return matches;
}

}  // namespace spanlab::host
