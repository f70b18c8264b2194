// SPDX-License-Identifier: MIT
#include <algorithm>
#include <ostream>
#include <set>

#include "cli/commands.hpp"
#include "cli/options.hpp"
#include "cli/text.hpp"
#include "data/shared_texts.hpp"
#include "data/statistics.hpp"
#include "spanlab/error.hpp"
#include "spanlab/tokenizer.hpp"
#include "text/terminal_text.hpp"
#include "train/pretrained.hpp"

namespace spanlab::cli {

namespace po = boost::program_options;
using nlohmann::ordered_json;

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

// Texts of one set's split in another set's.
struct Shared {
  std::string split;
  std::string other;  // data set and split
  std::vector<std::string> ids;
  std::size_t of = 0;  // texts of the split
  bool leak = false;   // one is for training, the other is not
};

struct CheckFindings {
  std::string name;
  std::string folder;
  std::size_t files = 0;
  std::vector<std::string> notes;
  std::vector<Leak> leaks;
  std::vector<Shared> shared;
};

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
            }))
          problems.push_back(problem);
      }
    }
  }
  if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
  return splits;
}

bool is_training(const std::string& split) { return split.starts_with("train"); }

void compare(const std::map<std::string, Corpus>& splits, const DataCard& other,
             const std::map<std::string, Corpus>& others, std::vector<Shared>& shared) {
  for (const auto& [split, corpus] : splits) {
    for (const auto& [other_split, texts] : others) {
      Shared found{split, other.name + ' ' + other_split, shared_texts(corpus, texts),
                   text_units(corpus).size(), is_training(split) != is_training(other_split)};
      if (!found.ids.empty()) shared.push_back(std::move(found));
    }
  }
  std::ranges::stable_partition(shared, &Shared::leak);
}

std::string first_of(const std::vector<std::string>& ids) {
  const std::vector<std::string> first(
      ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(ids.size(), 5)));
  return printable(fmt::format("{}{}", fmt::join(first, ", "), ids.size() > 5 ? ", …" : ""));
}

class DataCheck : public Command {
 public:
  std::string name() const override { return "data check"; }
  std::string synopsis() const override { return "NAME [--against OTHER]…"; }
  std::string summary() const override {
    return "checksums, content, and texts that training and test share";
  }
  std::vector<std::string> examples() const override {
    return {"spanlab data check conll04", "spanlab data check scierc_json --against semeval_1_1"};
  }
  void declare(po::options_description& options,
               po::positional_options_description& positional) const override {
    options.add_options()("NAME", po::value<std::string>(), "a data set or a pretrained encoder");
    options.add_options()("against", po::value<std::vector<std::string>>()->composing()->value_name("OTHER"),
                          "another data set: texts of NAME that it has as well, letter by letter, however "
                          "words and sentences are cut");
    positional.add("NAME", 1);
  }

  ExitCode run(const po::variables_map& options, Context& context) const override {
    const Registry registry = load_registry(context);
    const CardIndex cards = load_cards(context, registry);
    const std::string name = argument(options, "NAME");
    const std::vector<std::string> others = options.count("against")
                                                ? options["against"].as<std::vector<std::string>>()
                                                : std::vector<std::string>();
    const auto models = cards.model_names(), data = cards.data_names();
    const bool is_model =
        std::ranges::find(models, name) != models.end() && std::ranges::find(data, name) == data.end();
    if (is_model && !others.empty())
      throw Error(ErrorKind::usage, "--against",
                  fmt::format("'{}' is a pretrained encoder, which has no texts", name));
    print(is_model ? of_model(cards, cards.model(name)) : of_data(cards, cards.data(name), others), context);
    return ExitCode::done;
  }

 private:
  static CheckFindings of_model(const CardIndex& cards, const ModelCard& card) {
    const PretrainedModel model = cards.pretrained(card);
    if (std::filesystem::exists(model.folder / "vocab.txt")) read_word_piece(model);
    const std::vector<Problem> problems = files_not_counted(card, model.folder);
    if (!problems.empty()) throw Error(ErrorKind::data, problems);
    return {card.name, model.folder.string(), card.files.size(), {}, {}, {}};
  }

  static CheckFindings of_data(const CardIndex& cards, const DataCard& card,
                               const std::vector<std::string>& names) {
    std::vector<const DataCard*> others;
    for (const std::string& name : names) others.push_back(&cards.data(name));
    const std::map<std::string, Corpus> splits = read_all(cards, card);
    CheckFindings findings{card.name, cards.folder(card).string(), number_of_files(card),
                           {},        leaks(card, splits),         {}};
    for (const auto& [split, corpus] : splits) {
      for (std::string& note : notes_on(split, count(corpus, 0), corpus.left_out))
        findings.notes.push_back(std::move(note));
    }
    for (const DataCard* other : others) compare(splits, *other, read_all(cards, *other), findings.shared);
    return findings;
  }

  static void print(const CheckFindings& found, Context& context) {
    if (context.json) return print_json(found, context);
    context.out << fmt::format("{}: {} files are what the card says\n", found.name, found.files);
    for (const std::string& note : found.notes) context.out << "note: " << note << '\n';
    for (const Leak& leak : found.leaks) {
      context.out << fmt::format("leak: {} and {} share sentences, word by word: {} ({})\n", leak.first,
                                 leak.second, leak.ids.size(), first_of(leak.ids));
    }
    for (const Shared& shared : found.shared) {
      context.out << fmt::format("{}: {} of {} texts of {} are in {} ({})\n", shared.leak ? "leak" : "note",
                                 shared.ids.size(), shared.of, shared.split, shared.other,
                                 first_of(shared.ids));
    }
  }

  static void print_json(const CheckFindings& found, Context& context) {
    ordered_json leaks = ordered_json::array(), shared = ordered_json::array();
    for (const Leak& leak : found.leaks)
      leaks.push_back(
          {{"splits", {leak.first, leak.second}}, {"sentences", leak.ids.size()}, {"ids", leak.ids}});
    for (const Shared& one : found.shared) {
      shared.push_back({{"split", one.split},
                        {"in", one.other},
                        {"leak", one.leak},
                        {"texts", one.ids.size()},
                        {"of", one.of},
                        {"ids", one.ids}});
    }
    ordered_json all{{"name", found.name},
                     {"folder", found.folder},
                     {"files", found.files},
                     {"notes", found.notes},
                     {"leaks", leaks}};
    if (!found.shared.empty()) all["shared"] = shared;
    context.out << printed(all) << '\n';
  }
};

}  // namespace

std::unique_ptr<Command> data_check_command() { return std::make_unique<DataCheck>(); }

}  // namespace spanlab::cli
