// SPDX-License-Identifier: MIT
#include "app/data_check.hpp"

#include <algorithm>
#include <ostream>

#include "cli/commands.hpp"
#include "cli/text.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::host::cli {

using nlohmann::ordered_json;

namespace {

std::string first_of(const std::vector<std::string>& ids) {
  const std::vector<std::string> first(
      ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(ids.size(), 5)));
  return printable(fmt::format("{}{}", fmt::join(first, ", "), ids.size() > 5 ? ", …" : ""));
}

void print_json(const app::DataFindings& found, Context& context) {
  ordered_json leaks = ordered_json::array(), shared = ordered_json::array();
  for (const Leak& leak : found.leaks) {
    leaks.push_back(
        {{"splits", {leak.first, leak.second}}, {"sentences", leak.ids.size()}, {"ids", leak.ids}});
  }
  for (const app::SharedTexts& one : found.shared) {
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

void print(const app::DataFindings& found, Context& context) {
  if (context.json) return print_json(found, context);
  context.out << fmt::format("{}: {} files are what the card says\n", found.name, found.files);
  for (const std::string& note : found.notes) context.out << "note: " << note << '\n';
  for (const Leak& leak : found.leaks) {
    context.out << fmt::format("leak: {} and {} share sentences, word by word: {} ({})\n", leak.first,
                               leak.second, leak.ids.size(), first_of(leak.ids));
  }
  for (const app::SharedTexts& shared : found.shared) {
    context.out << fmt::format("{}: {} of {} texts of {} are in {} ({})\n", shared.leak ? "leak" : "note",
                               shared.ids.size(), shared.of, shared.split, shared.other,
                               first_of(shared.ids));
  }
}

void declare(Arguments& arguments, app::DataCheckOptions& options) {
  arguments.argument("NAME", options.name, "a data set or a pretrained encoder");
  arguments.argument_takes(Takes::card);
  arguments.option("against", "OTHER", options.against,
                   "another data set: texts of NAME that it has as well, letter by letter, however words and "
                   "sentences are cut");
  arguments.option_takes(Takes::data);
}

ExitCode data_check(const app::DataCheckOptions& options, Context& context) {
  print(app::check_data(options, context.places), context);
  return ExitCode::done;
}

}  // namespace

Command data_check_command() {
  return make_command(
      {.name = "data check",
       .synopsis = "NAME [--against OTHER]…",
       .summary = "checksums, content, and texts that training and test share",
       .examples = {"spanlab data check conll04", "spanlab data check scierc_json --against semeval_1_1"}},
      declare, data_check);
}

}  // namespace spanlab::host::cli
