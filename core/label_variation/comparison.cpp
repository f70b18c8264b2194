// SPDX-License-Identifier: MIT
#include "label_variation/comparison.hpp"

#include <fmt/format.h>

#include <array>

#include "spanlab/error.hpp"

namespace spanlab::host {

namespace {

struct ReleasedSet {
  const char* name;
  const char* card;
  const char* split;
};

constexpr ReleasedSet kReleased[] = {{"overlap", "label_variation_overlap", "train"},
                                     {"sci_non_overlap", "label_variation_overlap", "test_sci"},
                                     {"sem_non_overlap", "label_variation_overlap", "test_sem"},
                                     {"standard_train", "label_variation", "train"},
                                     {"standard_test", "label_variation", "test"},
                                     {"standard_overlap", "label_variation", "test_overlap"}};

// SemEval's entities and relations of each abstract.
using ByAbstract = std::map<std::string, std::array<std::int64_t, 2>>;

SetCounts count(std::span<const AbstractSentences> abstracts, ByAbstract& by_abstract) {
  SetCounts counts;
  for (const AbstractSentences& abstract : abstracts) {
    ++counts.abstracts;
    counts.sentences += std::ssize(abstract.sentences);
    std::array<std::int64_t, 2>& of_semeval = by_abstract[abstract.id];
    for (const Sentence& sentence : abstract.sentences) {
      for (std::size_t v = 0; v < 2; ++v) {
        counts.entities[v] += std::ssize(sentence.views[v].entities);
        counts.relations[v] += std::ssize(sentence.views[v].relations);
      }
      of_semeval[0] += std::ssize(sentence.views[1].entities);
      of_semeval[1] += std::ssize(sentence.views[1].relations);
    }
  }
  return counts;
}

// The abstracts whose numbers differ, as `W02-1404 22, released 21`.
std::vector<std::string> differing(const ByAbstract& built, const ByAbstract& released, std::size_t what) {
  std::vector<std::string> lines;
  for (const auto& [name, numbers] : built) {
    auto other = released.find(name);
    const std::int64_t theirs = other == released.end() ? 0 : other->second[what];
    if (numbers[what] != theirs) lines.push_back(fmt::format("{} {} ({})", name, numbers[what], theirs));
  }
  return lines;
}

// What is the same, and the reasons for what differs, abstract by abstract.
void explain_abstracts(SetComparison& set, bool from_semeval) {
  const AbstractDifferences& found = set.differences;
  auto add = [&](const std::vector<std::string>& abstracts, const std::string& what) {
    if (abstracts.empty()) return;
    set.reasons.push_back(fmt::format("{} abstract{}: {}: {}", abstracts.size(),
                                      abstracts.size() == 1 ? "" : "s", what, fmt::join(abstracts, ", ")));
  };
  if (found.only_built.empty() && found.only_released.empty()) {
    const bool same = !from_semeval && found.entities[0].empty() && found.relations[0].empty();
    set.reasons.push_back(fmt::format("the {} abstracts are the same{}", set.built.abstracts,
                                      same ? ", and so is SciERC's annotation of them" : ""));
  }
  const char* cut = from_semeval ? "by rule" : "where SciERC ends them";
  add(found.only_built, "the released set lacks them");
  add(found.only_released, "only the released set has them");
  add(found.sentences, fmt::format("sentences end {}; the authors cut them with a trained model", cut));
  add(found.words, "words are spelled or cut otherwise, or stand in one of the texts alone");
  add(found.entities[0], "SciERC's entities differ");
  add(found.relations[0], "SciERC's relations differ");
  add(found.entities[1],
      "released marks of SemEval are off the marked words, as a rule from one mark on, or their words stand "
      "in one of the texts alone");
  add(found.turned, "a RESULT is turned round (--result), and no other relation differs");
  add(found.relations[1], "SemEval's relations differ with its marks");
}

void explain(SetComparison& set, const ByAbstract& built, const ByAbstract& released,
             const LabelVariation& all) {
  const SetCounts& ours = set.built;
  const bool from_semeval = set.name == "sem_non_overlap";
  explain_abstracts(set, from_semeval);
  const SemEvalAccount& account = from_semeval ? all.non_overlap : all.overlap;
  for (const auto& [what, name] :
       {std::pair{std::size_t{0}, "entities"}, std::pair{std::size_t{1}, "relations"}}) {
    const std::vector<std::string> abstracts = differing(built, released, what);
    if (abstracts.empty()) continue;
    const char* noun = abstracts.size() == 1 ? "abstract" : "abstracts";
    set.reasons.push_back(fmt::format("the number of SemEval's {} differs in {} {}, built (released): {}",
                                      name, abstracts.size(), noun, fmt::join(abstracts, ", ")));
  }
  if (set.name != "overlap" && !from_semeval) return;
  set.reasons.push_back(
      fmt::format("of {} marked entities {} stand in words that SciERC's text lacks, {} go over the end of a "
                  "sentence or are "
                  "marked twice",
                  account.entities, account.entities_absent, account.entities_left_out));
  set.reasons.push_back(
      fmt::format("of {} relations {} are of such an entity or between sentences, {} have a type that both "
                  "annotations do not "
                  "share",
                  account.relations, account.relations_left_out,
                  account.relations - account.relations_left_out - ours.relations[1]));
}

std::string row(const std::string& name, const SetCounts& c) {
  return fmt::format("{:<17} {:>9} {:>9} {:>9} {:>9} {:>10} {:>9}\n", name, c.sentences, c.abstracts,
                     c.entities[0], c.relations[0], c.entities[1], c.relations[1]);
}

// Breaks at blanks, later lines indented.
std::string wrapped(const std::string& text, std::size_t columns) {
  std::string result = "  ";
  std::size_t used = 2;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    if (used + end - begin > columns && used > 4) {
      result.back() = '\n';
      result += "    ";
      used = 4;
    }
    result += text.substr(begin, end - begin) + ' ';
    used += end - begin + 1;
    begin = end + 1;
  }
  result.back() = '\n';
  return result;
}

}  // namespace

std::vector<SetComparison> compare_with_released(const LabelVariation& built, const CardIndex& cards) {
  std::vector<SetComparison> sets;
  for (const ReleasedSet& released : kReleased) {
    const auto set = std::ranges::find(built.sets, released.name, &BuiltSet::name);
    if (set == built.sets.end()) continue;
    ByAbstract ours, theirs;
    const std::vector<AbstractSentences> abstracts = built_abstracts(set->sentences);
    sets.push_back({released.name, count(abstracts, ours), std::nullopt, {}, {}});
    try {
      const DataCard& card = cards.data(released.card);
      const Corpus corpus = read_corpus(card, cards.folder(card), std::vector<std::string>{released.split});
      const std::vector<AbstractSentences> others = released_abstracts(corpus.sentences);
      sets.back().released = count(others, theirs);
      sets.back().differences = differences(abstracts, others, label_variation_types(set->reduced));
    } catch (const Error&) {
      continue;  // not at hand: nothing to compare with
    }
    explain(sets.back(), ours, theirs, built);
  }
  return sets;
}

std::string comparison_text(const LabelVariation& built, const std::vector<SetComparison>& sets,
                            ResultDirection result) {
  std::int64_t matched = 0;
  std::vector<std::string> parts;
  for (const char* split : {"train", "dev", "test"}) {
    auto found = built.matched.find(split);
    if (found == built.matched.end()) continue;
    matched += found->second;
    parts.push_back(fmt::format("{} {}", found->second, split));
  }
  std::string text = fmt::format("{} abstracts have both annotations ({} of SciERC), {} matched by text\n",
                                 matched, fmt::join(parts, ", "), built.matched_by_text);
  text += fmt::format("RESULT(a, b) is Evaluate-for{}\n\n", result == ResultDirection::flipped
                                                                ? "(b, a), as SciERC means it"
                                                                : "(a, b), as in the released data");
  text += fmt::format("{:<17} {:>9} {:>9} {:>9} {:>9} {:>10} {:>9}\n", "set", "sentences", "abstracts",
                      "sci ents", "relations", "sem ents", "relations");
  for (const SetComparison& set : sets) {
    text += row(set.name, set.built);
    text += set.released ? row("  released", *set.released) : "  released: not at hand\n";
  }
  for (const SetComparison& set : sets) {
    if (set.reasons.empty()) continue;
    text += fmt::format("\n{}\n", set.name);
    for (const std::string& reason : set.reasons) text += wrapped(reason, 80);
  }
  return text;
}

}  // namespace spanlab::host
