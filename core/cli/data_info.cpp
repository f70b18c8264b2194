// SPDX-License-Identifier: MIT
#include "app/data_info.hpp"

#include <algorithm>
#include <ostream>

#include "app/printed_command.hpp"
#include "cli/commands.hpp"
#include "cli/text.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::host::cli {

using nlohmann::ordered_json;

namespace {

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

void print_json(const app::DataDescription& data, std::int64_t max_width, Context& context) {
  const DataCard& card = data.card;
  ordered_json splits = ordered_json::object();
  for (const auto& [split, file] : card.splits) {
    auto found = data.counts.find(split);
    splits[split] = found == data.counts.end() ? ordered_json::object() : to_json(found->second);
    splits[split]["path"] = file.path;
    splits[split]["sha256"] = file.sha256;
  }
  ordered_json shared = ordered_json::array();
  for (const Leak& leak : data.leaks) {
    shared.push_back(
        {{"splits", {leak.first, leak.second}}, {"sentences", leak.ids.size()}, {"ids", leak.ids}});
  }
  context.out << printed(ordered_json{
                     {"name", card.name},
                     {"title", card.title},
                     {"licence", card.licence},
                     {"source", card.source},
                     {"reader", card.reader.id},
                     {"views", card.views},
                     {"folds", card.folds},
                     {"evaluation", {{"primary", card.primary}, {"overlap", name_of(card.overlap)}}},
                     {"folder", data.folder.empty() ? ordered_json() : ordered_json(data.folder.string())},
                     {"max_width", max_width},
                     {"splits", splits},
                     {"leaks", shared}})
              << '\n';
}

void print_counts(const app::DataDescription& data, std::int64_t max_width, Context& context) {
  const DataCard& card = data.card;
  std::ostream& out = context.out;
  std::size_t width = 5;
  for (const auto& [split, file] : card.splits) width = std::max(width, split.size());
  for (std::size_t v = 0; v < card.views.size(); ++v) {
    out << (card.views.size() > 1 ? "\nView " + card.views[v] + "\n" : "\n");
    out << fmt::format("{:<{}} {:>9} {:>7} {:>9} {:>9} {:>8} {:>9} {:>8}\n", "split", width, "sentences",
                       "words", "entities", "relations", fmt::format("wider {}", max_width), "overlap",
                       "none");
    for (const auto& [split, file] : card.splits) {
      auto found = data.counts.find(split);
      if (found == data.counts.end()) {
        out << fmt::format("{:<{}} cannot be read: see {}\n", split, width,
                           app::printed_command(context.places, {"data", "check", card.name}));
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
  for (const Leak& leak : data.leaks) {
    out << fmt::format("leak: {} and {} share sentences, word by word: {}\n", leak.first, leak.second,
                       leak.ids.size());
  }
}

void print(const app::DataDescription& data, std::int64_t max_width, Context& context) {
  const DataCard& card = data.card;
  context.out << fmt::format(
      "{}: {}\n  licence     {}\n  source      {}\n  folder      {}\n  evaluation  {} relations; entities "
      "that "
      "share words are {}\n",
      card.name, printable(card.title), printable(card.licence), printable(card.source),
      data.folder.empty() ? "not found" : data.folder.string(), card.primary,
      card.overlap == Overlap::removed ? "left out" : "allowed");
  if (card.folds > 0) context.out << fmt::format("  folds       0 to {}: data.fold\n", card.folds - 1);
  if (!data.folder.empty()) print_counts(data, max_width, context);
}

void declare(Arguments& arguments, app::DataInfoOptions& options) {
  arguments.argument("NAME", options.name, "a data set, see `spanlab data list`");
  arguments.argument_takes(Takes::data);
  arguments.option("max-width", "L", options.max_width, "count entities of more than L words (default: 10)",
                   Range{.least = 1, .what = "a number of words"});
}

ExitCode data_info(const app::DataInfoOptions& options, Context& context) {
  const app::DataDescription data = app::describe_data(options, context.places);
  if (context.json) {
    print_json(data, options.max_width, context);
  } else {
    print(data, options.max_width, context);
  }
  if (!data.not_found.empty() && !context.quiet) {
    context.err << app::with_options(context.places, data.not_found) << '\n';
  }
  return ExitCode::done;
}

}  // namespace

Command data_info_command() {
  return make_command(
      {.name = "data info",
       .synopsis = "NAME [--max-width L]",
       .summary = "licence, source, evaluation set-up and counts of a data set",
       .examples = {"spanlab data info sample", "spanlab data info scierc --max-width 8 --json"}},
      declare, data_info);
}

}  // namespace spanlab::host::cli
