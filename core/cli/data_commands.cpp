// SPDX-License-Identifier: MIT
// What is there: data list, data add.
#include <algorithm>
#include <ostream>

#include "app/data_list.hpp"
#include "app/printed_command.hpp"
#include "cli/commands.hpp"
#include "cli/printed_command.hpp"
#include "cli/text.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::host::cli {

using nlohmann::ordered_json;

namespace {

void print_json(const std::vector<app::ListedCard>& cards, std::ostream& out) {
  ordered_json all = ordered_json::array();
  for (const app::ListedCard& card : cards) {
    all.push_back({{"kind", card.kind == app::CardKind::data ? "data" : "model"},
                   {"name", card.name},
                   {"title", card.title},
                   {"licence", card.licence},
                   {"folder", card.folder.empty() ? ordered_json() : ordered_json(card.folder)}});
  }
  out << printed(all) << '\n';
}

void print_kind(const std::vector<app::ListedCard>& cards, app::CardKind kind, const char* title,
                std::ostream& out) {
  std::size_t width = 0;
  for (const app::ListedCard& card : cards) width = std::max(width, card.name.size());
  for (const app::ListedCard& card : cards) {
    if (card.kind != kind) continue;
    out << std::exchange(title, "")
        << fmt::format("  {:<{}}  {:<7}  {}\n", card.name, width, card.folder.empty() ? "missing" : "present",
                       printable(card.title));
  }
}

void print(const std::vector<app::ListedCard>& cards, const Context& context) {
  print_kind(cards, app::CardKind::data, "Data sets\n", context.out);
  print_kind(cards, app::CardKind::model, "\nPretrained encoders\n", context.out);
  context.out << fmt::format(
      "\n{}   counts and licence\n{}   where the files of a missing one are\n"
      "One of your own: a card beside its folder, and --data-path; see docs/data.md\n",
      app::printed_command(context.places, {"data", "info", "NAME"}),
      app::printed_command(context.places, {"data", "add", "NAME", "DIR"}));
}

ExitCode data_list(Context& context) {
  const app::DataList list = app::list_data(context.places);
  if (context.json) {
    print_json(list.cards, context.out);
  } else {
    print(list.cards, context);
  }
  for (const BrokenCard& card : list.broken) {
    const std::string command =
        app::printed_command(context.places, {"data", "info", card.file.stem().string()});
    context.progress()(
        fmt::format("note: {} is a broken card: `{}` tells what is wrong", card.file.string(), command));
  }
  return ExitCode::done;
}

void declare_add(Arguments& arguments, app::DataAddOptions& options) {
  arguments.argument("NAME", options.name,
                     "the name of a card, see `spanlab data list`; of your own: docs/data.md");
  arguments.argument_takes(Takes::card);
  arguments.argument("DIR", options.folder, "the folder with the files that the card names");
  arguments.argument_takes(Takes::folder);
}

ExitCode data_add(const app::DataAddOptions& options, Context& context) {
  const app::AddedData added = app::add_data(options, context.places);
  if (context.json) {
    context.out << printed({{"name", options.name}, {"folder", added.folder}, {"site", added.site}}) << '\n';
  } else {
    context.out << fmt::format("{}: {}\nwritten to {}\n", options.name, added.folder, added.site);
    print_next(context, {"data", "info", options.name});
  }
  return ExitCode::done;
}

}  // namespace

Command data_list_command() {
  return make_command({.name = "data list",
                       .synopsis = "",
                       .summary = "the data sets and pretrained encoders that have a card",
                       .examples = {"spanlab data list", "spanlab data list --data-path ~/corpora --json"}},
                      data_list);
}

Command data_add_command() {
  return make_command(
      {.name = "data add",
       .synopsis = "NAME DIR",
       .summary = "check the files of a data set or encoder; remember their folder and card",
       .examples = {"spanlab data add conll04 ~/corpora/conll04", "spanlab data add minilm ~/models/minilm"}},
      declare_add, data_add);
}

}  // namespace spanlab::host::cli
