// SPDX-License-Identifier: MIT
// What is there: data list, data add.
#include <algorithm>
#include <ostream>

#include "cli/commands.hpp"
#include "cli/options.hpp"
#include "cli/printed_command.hpp"
#include "cli/text.hpp"
#include "spanlab/error.hpp"
#include "text/terminal_text.hpp"

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
  std::vector<std::string> examples() const override {
    return {"spanlab data list", "spanlab data list --data-path ~/corpora --json"};
  }
  void declare(po::options_description&, po::positional_options_description&) const override {}

  ExitCode run(const po::variables_map&, Context& context) const override {
    const Registry registry = load_registry(context);
    const CardIndex cards = load_cards(context, registry);
    ordered_json all = ordered_json::array();
    for (const std::string& name : cards.data_names()) add(all, "data", cards, cards.data(name));
    for (const std::string& name : cards.model_names()) add(all, "model", cards, cards.model(name));
    if (context.json)
      context.out << printed(all) << '\n';
    else
      print(all, context);
    for (const BrokenCard& card : cards.broken()) {
      if (context.quiet) break;
      const std::string command = printed_command(context, {"data", "info", card.file.stem().string()});
      context.err << fmt::format("note: {} is a broken card: `{}` tells what is wrong\n", card.file.string(),
                                 command);
    }
    return ExitCode::done;
  }

 private:
  template <typename Card>
  static void add(ordered_json& all, const char* kind, const CardIndex& cards, const Card& card) {
    const std::string folder = folder_or_empty(cards, card);
    all.push_back({{"kind", kind},
                   {"name", card.name},
                   {"title", card.title},
                   {"licence", card.licence},
                   {"folder", folder.empty() ? ordered_json() : ordered_json(folder)}});
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
      context.out << fmt::format("  {:<{}}  {:<7}  {}\n", entry["name"].get<std::string>(), width,
                                 entry["folder"].is_null() ? "missing" : "present",
                                 printable(entry["title"].get<std::string>()));
    }
    context.out << fmt::format(
        "\n{}   counts and licence\n{}   where the files of a missing one are\n"
        "One of your own: a card beside its folder, and --data-path; see docs/data.md\n",
        printed_command(context, {"data", "info", "NAME"}),
        printed_command(context, {"data", "add", "NAME", "DIR"}));
  }
};

class DataAdd : public Command {
 public:
  std::string name() const override { return "data add"; }
  std::string synopsis() const override { return "NAME DIR"; }
  std::string summary() const override {
    return "check the files of a data set or encoder; remember their folder and card";
  }
  std::vector<std::string> examples() const override {
    return {"spanlab data add conll04 ~/corpora/conll04", "spanlab data add minilm ~/models/minilm"};
  }
  void declare(po::options_description& options,
               po::positional_options_description& positional) const override {
    options.add_options()("NAME", po::value<std::string>(),
                          "the name of a card, see `spanlab data list`; of your own: docs/data.md");
    options.add_options()("DIR", po::value<std::string>(), "the folder with the files that the card names");
    positional.add("NAME", 1).add("DIR", 1);
  }

  ExitCode run(const po::variables_map& options, Context& context) const override {
    const Registry registry = load_registry(context);
    const CardIndex cards = load_cards(context, registry);
    const std::string name = argument(options, "NAME");
    const std::string folder = cards.add(name, argument(options, "DIR")).string();
    if (context.json) {
      context.out << printed({{"name", name}, {"folder", folder}, {"site", cards.site().string()}}) << '\n';
    } else {
      context.out << fmt::format("{}: {}\nwritten to {}\n", name, folder, cards.site().string());
      print_next(context, {"data", "info", name});
    }
    return ExitCode::done;
  }
};

}  // namespace

std::unique_ptr<Command> data_list_command() { return std::make_unique<DataList>(); }
std::unique_ptr<Command> data_add_command() { return std::make_unique<DataAdd>(); }

}  // namespace spanlab::cli
