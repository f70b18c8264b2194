// SPDX-License-Identifier: MIT
#include <algorithm>
#include <ostream>

#include "cli/commands.hpp"
#include "cli/options.hpp"
#include "cli/text.hpp"
#include "cli/printed_command.hpp"
#include "data/statistics.hpp"
#include "spanlab/error.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::cli {

namespace po = boost::program_options;
using nlohmann::ordered_json;

namespace {

struct Contents {
  std::map<std::string, SplitCounts> counts;
  std::vector<Leak> leaks;
};

Contents read(const DataCard& card, const std::filesystem::path& folder, std::int64_t max_width) {
  Contents contents;
  std::map<std::string, Corpus> splits;
  for (const auto& [split, file] : card.splits) {
    const std::vector<std::string> one{split};
    try {
      splits[split] = read_corpus(card, folder, one);
      contents.counts[split] = count(splits[split], max_width);
    } catch (const Error&) {
      // One split that cannot be read does not hide the others; `data check` says what is wrong with it.
      splits[split] = {};
    }
  }
  contents.leaks = leaks(card, splits);
  return contents;
}

ordered_json object(const std::vector<std::pair<std::string, std::int64_t>>& numbers) {
  ordered_json result = ordered_json::object();
  for (const auto& [name, number] : numbers) result[name] = number;
  return result;
}

ordered_json to_json(const SplitCounts& counts) {
  ordered_json views = ordered_json::object();
  for (const ViewCounts& view : counts.views) {
    views[view.view] = {{"entities", view.entities},
                        {"relations", view.relations},
                        {"sentences_without_entities", view.without_entities},
                        {"wide_entities", view.wide},
                        {"overlapping_entities", view.overlapping},
                        {"same_span_entities", view.same_span},
                        {"repeated_relations", view.repeated_relations},
                        {"entity_types", object(view.entity_types)},
                        {"relation_types", object(view.relation_types)}};
  }
  return {{"sentences", counts.sentences},
          {"words", counts.words},
          {"longest_sentence", counts.longest},
          {"repeated_sentences", counts.repeated},
          {"views", views}};
}

const char* name_of(Overlap overlap) { return overlap == Overlap::removed ? "removed" : "allowed"; }

void print_json(const DataCard& card, const std::string& folder, const Contents& contents,
                std::int64_t max_width, Context& context) {
  ordered_json splits = ordered_json::object();
  for (const auto& [split, file] : card.splits) {
    auto found = contents.counts.find(split);
    splits[split] = found == contents.counts.end() ? ordered_json::object() : to_json(found->second);
    splits[split]["path"] = file.path;
    splits[split]["sha256"] = file.sha256;
  }
  ordered_json shared = ordered_json::array();
  for (const Leak& leak : contents.leaks)
    shared.push_back(
        {{"splits", {leak.first, leak.second}}, {"sentences", leak.ids.size()}, {"ids", leak.ids}});
  context.out << printed(ordered_json{
                     {"name", card.name},
                     {"title", card.title},
                     {"licence", card.licence},
                     {"source", card.source},
                     {"reader", card.reader.id},
                     {"views", card.views},
                     {"folds", card.folds},
                     {"evaluation", {{"primary", card.primary}, {"overlap", name_of(card.overlap)}}},
                     {"folder", folder.empty() ? ordered_json() : ordered_json(folder)},
                     {"max_width", max_width},
                     {"splits", splits},
                     {"leaks", shared}})
              << '\n';
}

void print_counts(const DataCard& card, const Contents& contents, std::int64_t max_width, Context& context) {
  std::ostream& out = context.out;
  std::size_t width = 5;
  for (const auto& [split, file] : card.splits) width = std::max(width, split.size());
  for (std::size_t v = 0; v < card.views.size(); ++v) {
    out << (card.views.size() > 1 ? "\nView " + card.views[v] + "\n" : "\n");
    out << fmt::format("{:<{}} {:>9} {:>7} {:>9} {:>9} {:>8} {:>9} {:>8}\n", "split", width, "sentences",
                       "words", "entities", "relations", fmt::format("wider {}", max_width), "overlap",
                       "none");
    for (const auto& [split, file] : card.splits) {
      auto found = contents.counts.find(split);
      if (found == contents.counts.end()) {
        out << fmt::format("{:<{}} cannot be read: see {}\n", split, width,
                           printed_command(context, {"data", "check", card.name}));
        continue;
      }
      const ViewCounts& view = found->second.views[v];
      out << fmt::format("{:<{}} {:>9} {:>7} {:>9} {:>9} {:>8} {:>9} {:>8}\n", split, width,
                         found->second.sentences, found->second.words, view.entities, view.relations,
                         view.wide, view.overlapping, view.without_entities);
    }
  }
  out << fmt::format(
      "\nwider {}: entities of more than {} words; overlap: entities that share words with\nanother; none: "
      "sentences without entities\n",
      max_width, max_width);
  for (const Leak& leak : contents.leaks) {
    out << fmt::format("leak: {} and {} share sentences, word by word: {}\n", leak.first, leak.second,
                       leak.ids.size());
  }
}

class DataInfo : public Command {
 public:
  std::string name() const override { return "data info"; }
  std::string synopsis() const override { return "NAME [--max-width L]"; }
  std::string summary() const override {
    return "licence, source, evaluation set-up and counts of a data set";
  }
  std::vector<std::string> examples() const override {
    return {"spanlab data info sample", "spanlab data info scierc --max-width 8 --json"};
  }
  void declare(po::options_description& options,
               po::positional_options_description& positional) const override {
    options.add_options()("NAME", po::value<std::string>(), "a data set, see `spanlab data list`");
    options.add_options()("max-width", po::value<std::int64_t>()->value_name("L")->default_value(10),
                          "count entities of more than L words (default: 10)");
    positional.add("NAME", 1);
  }

  ExitCode run(const po::variables_map& options, Context& context) const override {
    const std::int64_t max_width = options["max-width"].as<std::int64_t>();
    if (max_width < 1)
      throw Error(ErrorKind::usage, "--max-width",
                  fmt::format("expected a number of words from 1, got {}", max_width));
    const Registry registry = load_registry(context);
    const CardIndex cards = load_cards(context, registry);
    const DataCard& card = cards.data(argument(options, "NAME"));
    std::string folder;
    std::string missing;
    try {
      folder = cards.folder(card).string();
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::data || !error.problems().front().place.empty()) throw;
      missing = error.what();
    }
    const Contents contents = folder.empty() ? Contents{} : read(card, folder, max_width);
    if (context.json) {
      print_json(card, folder, contents, max_width, context);
    } else {
      context.out << fmt::format(
          "{}: {}\n  licence     {}\n  source      {}\n  folder      {}\n  evaluation  {} relations; "
          "entities that share words are {}\n",
          card.name, printable(card.title), printable(card.licence), printable(card.source),
          folder.empty() ? "not found" : folder, card.primary,
          card.overlap == Overlap::removed ? "left out" : "allowed");
      if (card.folds > 0) context.out << fmt::format("  folds       0 to {}: data.fold\n", card.folds - 1);
      if (!folder.empty()) print_counts(card, contents, max_width, context);
    }
    if (!missing.empty() && !context.quiet) context.err << with_options(context, missing) << '\n';
    return ExitCode::done;
  }
};

}  // namespace

std::unique_ptr<Command> data_info_command() { return std::make_unique<DataInfo>(); }

}  // namespace spanlab::cli
