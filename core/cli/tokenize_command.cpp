// SPDX-License-Identifier: MIT
#include <filesystem>
#include <iostream>
#include <ostream>
#include <sstream>

#include "cli/commands.hpp"
#include "cli/options.hpp"
#include "data/sentence_input.hpp"
#include "spanlab/error.hpp"
#include "spanlab/tokenizer.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::cli {

namespace po = boost::program_options;

namespace {

WordPiece load(const CardIndex& cards, const std::string& name) {
  return read_word_piece(cards.pretrained(cards.model(name), Compared::all_but_weights));
}

SentenceInput read_text(const Registry& components, const std::string& text) {
  std::istringstream stream(text);
  return read_sentences(components, stream, "TEXT");
}

// A file by its ending, or because there is one of that name: a text of one word that is a file's name is
// rare, and told.
bool is_file(const std::string& text) {
  std::error_code error;
  for (const char* ending : {".json", ".jsonl", ".JSON", ".JSONL"}) {
    if (text.ends_with(ending)) return true;
  }
  return text.find_first_of(" \t\n") == text.npos && std::filesystem::is_regular_file(text, error);
}

std::vector<Sentence> read(const Registry& components, const po::variables_map& options, Context& context) {
  const std::string text = options.count("TEXT") ? options["TEXT"].as<std::string>() : "";
  const bool file = is_file(text);
  SentenceInput input = !options.count("TEXT") ? read_sentences(components, std::cin, "standard input")
                        : file                 ? read_sentences(components, text)
                                               : read_text(components, text);
  if (input.sentences.empty())
    throw Error(ErrorKind::data, "", "there is no text: expected one sentence a line");
  for (std::size_t i = 0; !input.json && i < input.sentences.size(); ++i)
    input.sentences[i].id = std::to_string(i);
  if (file && !context.quiet) context.err << "the sentences of the file " << text << '\n';
  return input.sentences;
}

// Pieces as an encoder gets them: `[CLS]` first, each word pieced on its own, one `[UNK]` for a word that
// leaves none.
nlohmann::ordered_json tokenized(const WordPiece& tokenizer, const Sentence& sentence) {
  std::vector<std::int64_t> ids{tokenizer.begin()};
  std::vector<std::pair<std::size_t, std::size_t>> spans;
  for (const std::string& word : sentence.words) {
    std::vector<std::int64_t> pieces = tokenizer.encode(word);
    if (pieces.empty()) pieces.push_back(tokenizer.unknown());
    spans.emplace_back(ids.size(), ids.size() + pieces.size());
    ids.insert(ids.end(), pieces.begin(), pieces.end());
  }
  ids.push_back(tokenizer.end());
  std::vector<std::string> pieces;
  for (std::int64_t id : ids) pieces.push_back(tokenizer.piece(id));
  return {
      {"id", sentence.id}, {"tokens", sentence.words}, {"pieces", pieces}, {"ids", ids}, {"spans", spans}};
}

void print(const nlohmann::ordered_json& sentence, std::ostream& out) {
  const auto pieces = sentence["pieces"].get<std::vector<std::string>>();
  out << fmt::format("sentence {}: {} words, {} pieces\n", printable(sentence["id"].get<std::string>()),
                     sentence["tokens"].size(), pieces.size());
  for (std::size_t i = 0; i < sentence["tokens"].size(); ++i) {
    const auto [begin, end] = sentence["spans"][i].get<std::pair<std::size_t, std::size_t>>();
    const std::vector<std::string> own(pieces.begin() + static_cast<std::ptrdiff_t>(begin),
                                       pieces.begin() + static_cast<std::ptrdiff_t>(end));
    out << fmt::format("{:>4}  {:<9}  {:<20}  {}\n", i, fmt::format("[{},{})", begin, end),
                       printable(sentence["tokens"][i].get<std::string>()), fmt::join(own, " "));
  }
}

class Tokenize : public Command {
 public:
  std::string name() const override { return "tokenize"; }
  std::string synopsis() const override { return "[TEXT | FILE] [--model NAME]"; }
  std::string summary() const override { return "the pieces of each word and where they lie"; }
  std::vector<std::string> examples() const override {
    return {"spanlab tokenize \"Angela Merkel visited Ulm .\"",
            "spanlab tokenize test.json --model minilm --json"};
  }
  void declare(po::options_description& options,
               po::positional_options_description& positional) const override {
    options.add_options()(
        "TEXT", po::value<std::string>(),
        "words separated by blanks, one sentence a line; or a file of such lines, or of sentences in JSON");
    options.add_options()("model", po::value<std::string>()->value_name("NAME")->default_value("minilm"),
                          "the pretrained encoder whose vocabulary is used (default: minilm)");
    positional.add("TEXT", 1);
  }

  ExitCode run(const po::variables_map& options, Context& context) const override {
    const Registry registry = load_registry(context);
    const WordPiece tokenizer = load(load_cards(context, registry), options["model"].as<std::string>());
    bool first = true;
    for (const Sentence& sentence : read(registry, options, context)) {
      const auto result = tokenized(tokenizer, sentence);
      if (context.json) {
        context.out << result.dump() << '\n';
      } else {
        if (!first) context.out << '\n';
        print(result, context.out);
      }
      first = false;
    }
    return ExitCode::done;
  }
};

}  // namespace

std::unique_ptr<Command> tokenize_command() { return std::make_unique<Tokenize>(); }

}  // namespace spanlab::cli
