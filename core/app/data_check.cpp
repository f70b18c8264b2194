// SPDX-License-Identifier: MIT
#include "app/data_check.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "data/shared_texts.hpp"
#include "spanlab/error.hpp"
#include "spanlab/tokenizer.hpp"
#include "train/pretrained.hpp"

namespace spanlab::host::app {

namespace {

// What training accepts but a reader should know.
std::vector<std::string> notes_on(const std::string& split, const SplitCounts& counts,
                                  const LeftOut& left_out) {
  std::vector<std::string> notes;
  auto note = [&](std::int64_t number, const std::string& what) {
    if (number > 0) notes.push_back(fmt::format("{}: {}: {}", split, what, number));
  };
  note(counts.repeated, "sentences with the words of an earlier one");
  note(counts.blank_words, "words that are empty or white space");
  note(left_out.sentences, "sentences without words, left out");
  note(left_out.entities, "entities over the end of a sentence or marked twice, left out");
  note(left_out.relations, "relations between sentences or of an entity that is left out, left out");
  for (const ViewCounts& view : counts.views) {
    const std::string in = counts.views.size() > 1 ? " (view " + view.view + ")" : "";
    note(view.same_span, "entities with the very words of one of another type" + in);
    note(view.repeated_relations, "relations that are there already" + in);
    note(view.self_relations, "relations of an entity with itself" + in);
  }
  return notes;
}

// Two splits may be of one file.
std::size_t number_of_files(const DataCard& card) {
  std::set<std::string> paths;
  if (card.types) paths.insert(card.types->path);
  for (const auto& [split, file] : card.splits) {
    for (const CardFile& one : split_files(card, split)) paths.insert(one.path);
  }
  return paths.size();
}

// Every split, or every problem of all of them.
std::map<std::string, Corpus> read_all(const CardIndex& cards, const DataCard& card) {
  const auto folder = cards.folder(card);
  std::map<std::string, Corpus> splits;
  std::vector<Problem> problems;
  for (const auto& [split, file] : card.splits) {
    const std::vector<std::string> one{split};
    try {
      splits[split] = read_corpus(card, folder, one);
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::environment) throw;
      for (const Problem& problem : error.problems()) {
        // The types file is read with each split.
        if (std::ranges::none_of(problems, [&](const Problem& p) {
              return p.place == problem.place && p.message == problem.message;
            })) {
          problems.push_back(problem);
        }
      }
    }
  }
  if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
  return splits;
}

bool is_training(const std::string& split) { return split.starts_with("train"); }

void compare(const std::map<std::string, Corpus>& splits, const DataCard& other,
             const std::map<std::string, Corpus>& others, std::vector<SharedTexts>& shared) {
  for (const auto& [split, corpus] : splits) {
    for (const auto& [other_split, texts] : others) {
      SharedTexts found{split, other.name + ' ' + other_split, shared_texts(corpus, texts),
                        text_units(corpus).size(), is_training(split) != is_training(other_split)};
      if (!found.ids.empty()) shared.push_back(std::move(found));
    }
  }
  std::ranges::stable_partition(shared, &SharedTexts::leak);
}

DataFindings of_model(const CardIndex& cards, const ModelCard& card) {
  const PretrainedModel model = cards.pretrained(card);
  if (std::filesystem::exists(model.folder / "vocab.txt")) read_word_piece(model);
  const std::vector<Problem> problems = files_not_counted(card, model.folder);
  if (!problems.empty()) throw Error(ErrorKind::data, problems);
  return {card.name, model.folder.string(), card.files.size(), {}, {}, {}};
}

DataFindings of_data(const CardIndex& cards, const DataCard& card, const std::vector<std::string>& names) {
  std::vector<const DataCard*> others;
  for (const std::string& name : names) others.push_back(&cards.data(name));
  const std::map<std::string, Corpus> splits = read_all(cards, card);
  DataFindings findings{card.name, cards.folder(card).string(), number_of_files(card),
                        {},        leaks(card, splits),         {}};
  for (const auto& [split, corpus] : splits) {
    for (std::string& note : notes_on(split, count(corpus, 0), corpus.left_out)) {
      findings.notes.push_back(std::move(note));
    }
  }
  for (const DataCard* other : others) compare(splits, *other, read_all(cards, *other), findings.shared);
  return findings;
}

}  // namespace

DataFindings check_data(const DataCheckOptions& options, const Places& places) {
  const Registry registry = load_what_can_be(places);
  const CardIndex cards = load_cards(places, registry);
  const std::vector<std::string> models = cards.model_names(), data = cards.data_names();
  const bool is_model = std::ranges::find(models, options.name) != models.end() &&
                        std::ranges::find(data, options.name) == data.end();
  if (is_model && !options.against.empty()) {
    throw Error(ErrorKind::usage, "--against",
                fmt::format("'{}' is a pretrained encoder, which has no texts", options.name));
  }
  return is_model ? of_model(cards, cards.model(options.name))
                  : of_data(cards, cards.data(options.name), options.against);
}

}  // namespace spanlab::host::app
