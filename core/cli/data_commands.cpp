// SPDX-License-Identifier: MIT
// What is there: data list, data add, data check.
#include <algorithm>
#include <ostream>

#include "cli/commands.hpp"
#include "cli/options.hpp"
#include "data/statistics.hpp"
#include "spanlab/error.hpp"

namespace spanlab::cli {

namespace po = boost::program_options;
using nlohmann::ordered_json;

namespace {

template <typename Card>
std::string folder_or_empty(const CardIndex& cards, const Card& card) {
  try {
    return cards.folder(card).string();
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::data && error.problems().front().place.empty()) return "";
    throw;
  }
}

class DataList : public Command {
 public:
  std::string name() const override { return "data list"; }
  std::string synopsis() const override { return ""; }
  std::string summary() const override { return "the data sets and pretrained encoders that have a card"; }
  std::vector<std::string> examples() const override { return {"spanlab data list", "spanlab data list --data-path ~/corpora --json"}; }
  void declare(po::options_description&, po::positional_options_description&) const override {}

  ExitCode run(const po::variables_map&, Context& context) const override {
    const CardIndex cards = load_cards(context);
    ordered_json all = ordered_json::array();
    for (const std::string& name : cards.data_names()) add(all, "data", cards, cards.data(name));
    for (const std::string& name : cards.model_names()) add(all, "model", cards, cards.model(name));
    if (context.json) context.out << all.dump(2) << '\n';
    else print(all, context);
    return ExitCode::done;
  }

 private:
  template <typename Card>
  static void add(ordered_json& all, const char* kind, const CardIndex& cards, const Card& card) {
    const std::string folder = folder_or_empty(cards, card);
    all.push_back({{"kind", kind}, {"name", card.name}, {"title", card.title}, {"licence", card.licence}, {"folder", folder.empty() ? ordered_json() : ordered_json(folder)}});
  }

  static void print(const ordered_json& all, Context& context) {
    std::size_t width = 0;
    for (const auto& entry : all) width = std::max(width, entry["name"].get_ref<const std::string&>().size());
    std::string kind;
    for (const auto& entry : all) {
      if (entry["kind"] != kind) {
        kind = entry["kind"];
        context.out << (kind == "data" ? "Data sets\n" : "\nPretrained encoders\n");
      }
      context.out << fmt::format("  {:<{}}  {:<7}  {}\n", entry["name"].get<std::string>(), width, entry["folder"].is_null() ? "missing" : "present",
                                 entry["title"].get<std::string>());
    }
    context.out << "\nspanlab data info NAME   counts and licence\nspanlab data add NAME DIR   where the files of a missing one are\n";
  }
};

class DataAdd : public Command {
 public:
  std::string name() const override { return "data add"; }
  std::string synopsis() const override { return "NAME DIR"; }
  std::string summary() const override { return "check the files of a data set or encoder and remember their folder"; }
  std::vector<std::string> examples() const override {
    return {"spanlab data add conll04 ~/corpora/conll04", "spanlab data add minilm ~/models/minilm"};
  }
  void declare(po::options_description& options, po::positional_options_description& positional) const override {
    options.add_options()("NAME", po::value<std::string>(), "a card's name, see `spanlab data list`");
    options.add_options()("DIR", po::value<std::string>(), "the folder with the files that the card names");
    positional.add("NAME", 1).add("DIR", 1);
  }

  ExitCode run(const po::variables_map& options, Context& context) const override {
    const CardIndex cards = load_cards(context);
    const std::string name = argument(options, "NAME");
    const std::string folder = cards.add(name, argument(options, "DIR")).string();
    if (context.json) {
      context.out << ordered_json{{"name", name}, {"folder", folder}, {"site", cards.site().string()}}.dump(2) << '\n';
    } else {
      context.out << fmt::format("{}: {}\nwritten to {}\n", name, folder, cards.site().string());
      if (!context.quiet) context.err << fmt::format("next: spanlab data info {}\n", name);
    }
    return ExitCode::done;
  }
};

// What training accepts but a reader should know.
std::vector<std::string> notes_on(const std::string& split, const SplitCounts& counts) {
  std::vector<std::string> notes;
  auto note = [&](std::int64_t number, const std::string& what) {
    if (number > 0) notes.push_back(fmt::format("{}: {}: {}", split, what, number));
  };
  note(counts.repeated, "sentences with the words of an earlier one");
  note(counts.blank_words, "words that are empty or white space");
  for (const ViewCounts& view : counts.views) {
    const std::string in = counts.views.size() > 1 ? " (view " + view.view + ")" : "";
    note(view.same_span, "entities with the very words of one of another type" + in);
    note(view.repeated_relations, "relations that are there already" + in);
    note(view.self_relations, "relations of an entity with itself" + in);
  }
  return notes;
}

class DataCheck : public Command {
 public:
  std::string name() const override { return "data check"; }
  std::string synopsis() const override { return "NAME"; }
  std::string summary() const override { return "checksums, content, and sentences that two splits share"; }
  std::vector<std::string> examples() const override { return {"spanlab data check conll04", "spanlab data check mine --data-path . --json"}; }
  void declare(po::options_description& options, po::positional_options_description& positional) const override {
    options.add_options()("NAME", po::value<std::string>(), "a data set or a pretrained encoder");
    positional.add("NAME", 1);
  }

  ExitCode run(const po::variables_map& options, Context& context) const override {
    const CardIndex cards = load_cards(context);
    const std::string name = argument(options, "NAME");
    const auto models = cards.model_names();
    const bool is_model = std::ranges::find(models, name) != models.end();
    const auto data = cards.data_names();
    if (is_model && std::ranges::find(data, name) == data.end()) return check_model(cards, cards.model(name), context);
    return check_data(cards, cards.data(name), context);
  }

 private:
  static ExitCode check_model(const CardIndex& cards, const ModelCard& card, Context& context) {
    const auto folder = cards.folder(card);
    for (const CardFile& file : card.files) verify(folder, file);
    print(context, card.name, folder.string(), card.files.size(), {}, {});
    return ExitCode::done;
  }

  static ExitCode check_data(const CardIndex& cards, const DataCard& card, Context& context) {
    const auto folder = cards.folder(card);
    std::map<std::string, Corpus> splits;
    std::vector<Problem> problems;
    std::vector<std::string> notes;
    for (const auto& [split, file] : card.splits) {
      const std::vector<std::string> one{split};
      try {
        splits[split] = read_corpus(card, folder, one);
      } catch (const Error& error) {
        for (const Problem& problem : error.problems()) {
          // The types file is read with each split.
          if (std::ranges::none_of(problems, [&](const Problem& p) { return p.place == problem.place && p.message == problem.message; })) problems.push_back(problem);
        }
        continue;
      }
      for (std::string& note : notes_on(split, count(splits[split], 0))) notes.push_back(std::move(note));
    }
    if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
    print(context, card.name, folder.string(), card.splits.size() + card.types.has_value(), notes, leaks(card, splits));
    return ExitCode::done;
  }

  static void print(Context& context, const std::string& name, const std::string& folder, std::size_t files, const std::vector<std::string>& notes,
                    const std::vector<Leak>& leaks) {
    if (context.json) {
      ordered_json shared = ordered_json::array();
      for (const Leak& leak : leaks) shared.push_back({{"splits", {leak.first, leak.second}}, {"sentences", leak.ids.size()}, {"ids", leak.ids}});
      context.out << ordered_json{{"name", name}, {"folder", folder}, {"files", files}, {"notes", notes}, {"leaks", shared}}.dump(2) << '\n';
      return;
    }
    context.out << fmt::format("{}: {} files are what the card says\n", name, files);
    for (const std::string& note : notes) context.out << "note: " << note << '\n';
    for (const Leak& leak : leaks) {
      const std::vector<std::string> first(leak.ids.begin(), leak.ids.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(leak.ids.size(), 5)));
      context.out << fmt::format("leak: {} and {} share sentences, word by word: {} ({}{})\n", leak.first, leak.second, leak.ids.size(),
                                 fmt::join(first, ", "), leak.ids.size() > 5 ? ", …" : "");
    }
  }
};

}  // namespace

std::unique_ptr<Command> data_list_command() { return std::make_unique<DataList>(); }
std::unique_ptr<Command> data_add_command() { return std::make_unique<DataAdd>(); }
std::unique_ptr<Command> data_check_command() { return std::make_unique<DataCheck>(); }

}  // namespace spanlab::cli
