// SPDX-License-Identifier: MIT
#include "app/tokenize.hpp"

#include <fmt/ranges.h>

#include <nlohmann/json.hpp>
#include <ostream>
#include <span>

#include "cli/commands.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::host::cli {

namespace {

nlohmann::ordered_json to_json(const app::TokenizedSentence& sentence) {
  return {{"id", sentence.id},
          {"tokens", sentence.words},
          {"pieces", sentence.pieces},
          {"ids", sentence.ids},
          {"spans", sentence.spans}};
}

void print(const app::TokenizedSentence& sentence, std::ostream& out) {
  out << fmt::format("sentence {}: {} words, {} pieces\n", printable(sentence.id), sentence.words.size(),
                     sentence.pieces.size());
  for (std::size_t i = 0; i < sentence.words.size(); ++i) {
    const auto [begin, end] = sentence.spans[i];
    const auto own = std::span(sentence.pieces).subspan(begin, end - begin);
    out << fmt::format("{:>4}  {:<9}  {:<20}  {}\n", i, fmt::format("[{},{})", begin, end),
                       printable(sentence.words[i]), fmt::join(own, " "));
  }
}

void declare(Arguments& arguments, app::TokenizeOptions& options) {
  arguments.argument(
      "TEXT", options.text,
      "words separated by blanks, one sentence a line; or a file of such lines, or of sentences in "
      "JSON; without it: standard input");
  arguments.argument_takes(Takes::file);
  arguments.option("model", "NAME", options.model,
                   "the pretrained encoder whose vocabulary is used (default: minilm)");
  arguments.option_takes(Takes::model);
}

ExitCode tokenize(const app::TokenizeOptions& options, Context& context) {
  bool first = true;
  for (const app::TokenizedSentence& sentence : app::tokenize(options, context.places, context.progress())) {
    if (context.json) {
      context.out << to_json(sentence).dump() << '\n';
    } else {
      if (!first) context.out << '\n';
      print(sentence, context.out);
    }
    first = false;
  }
  return ExitCode::done;
}

}  // namespace

Command tokenize_command() {
  return make_command({.name = "tokenize",
                       .synopsis = "[TEXT | FILE] [--model NAME]",
                       .summary = "the pieces of each word and where they lie",
                       .examples = {"spanlab tokenize \"Angela Merkel visited Ulm .\"",
                                    "spanlab tokenize test.json --model minilm --json"}},
                      declare, tokenize);
}

}  // namespace spanlab::host::cli
