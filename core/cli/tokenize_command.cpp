// SPDX-License-Identifier: MIT
#include <iostream>
#include <ostream>

#include "cli/commands.hpp"
#include "cli/options.hpp"
#include "data/dataset.hpp"
#include "spanlab/error.hpp"
#include "spanlab/tokenizer.hpp"

namespace spanlab::cli {

namespace po = boost::program_options;

namespace {

WordPiece load(const CardIndex& cards, const std::string& name) {
  const PretrainedModel model = cards.pretrained(cards.model(name), Compared::all_but_weights);
  return WordPiece(model.needed("vocab.txt"), read_text_rules(model));
}

std::vector<std::string> words_of(const std::string& line) {
  std::vector<std::string> words;
  std::istringstream stream(line);
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

std::vector<Sentence> read_text(std::istream& text) {
  std::vector<Sentence> sentences;
  for (std::string line; std::getline(text, line);) {
    Sentence sentence;
    sentence.words = words_of(line);
    sentence.id = std::to_string(sentences.size());
    if (!sentence.words.empty()) sentences.push_back(std::move(sentence));
  }
  if (sentences.empty()) throw Error(ErrorKind::data, "", "there is no text: expected one sentence a line");
  return sentences;
}

std::vector<Sentence> read(const po::variables_map& options) {
  if (!options.count("TEXT")) return read_text(std::cin);
  const std::string text = options["TEXT"].as<std::string>();
  if (text.ends_with(".json")) return read_spert(text, Inventory{}, Annotations::none);
  std::istringstream lines(text);
  return read_text(lines);
}

// Pieces as an encoder gets them: `[CLS]` first, each word pieced on its own, one `[UNK]` for a word that leaves none.
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
  return {{"id", sentence.id}, {"tokens", sentence.words}, {"pieces", pieces}, {"ids", ids}, {"spans", spans}};
}

void print(const nlohmann::ordered_json& sentence, std::ostream& out) {
  const auto pieces = sentence["pieces"].get<std::vector<std::string>>();
  out << fmt::format("sentence {}: {} words, {} pieces\n", sentence["id"].get<std::string>(), sentence["tokens"].size(), pieces.size());
  for (std::size_t i = 0; i < sentence["tokens"].size(); ++i) {
    const auto [begin, end] = sentence["spans"][i].get<std::pair<std::size_t, std::size_t>>();
    const std::vector<std::string> own(pieces.begin() + static_cast<std::ptrdiff_t>(begin), pieces.begin() + static_cast<std::ptrdiff_t>(end));
    out << fmt::format("{:>4}  {:<9}  {:<20}  {}\n", i, fmt::format("[{},{})", begin, end), sentence["tokens"][i].get<std::string>(), fmt::join(own, " "));
  }
}

class Tokenize : public Command {
 public:
  std::string name() const override { return "tokenize"; }
  std::string synopsis() const override { return "[TEXT | FILE.json] [--model NAME]"; }
  std::string summary() const override { return "the pieces of each word and where they lie"; }
  std::vector<std::string> examples() const override {
    return {"spanlab tokenize \"Angela Merkel visited Ulm .\"", "spanlab tokenize test.json --model minilm --json"};
  }
  void declare(po::options_description& options, po::positional_options_description& positional) const override {
    options.add_options()("TEXT", po::value<std::string>(), "words separated by blanks, one sentence a line; or a JSON file of sentences");
    options.add_options()("model", po::value<std::string>()->value_name("NAME")->default_value("minilm"), "the pretrained encoder whose vocabulary is used (default: minilm)");
    positional.add("TEXT", 1);
  }

  ExitCode run(const po::variables_map& options, Context& context) const override {
    const WordPiece tokenizer = load(load_cards(context), options["model"].as<std::string>());
    bool first = true;
    for (const Sentence& sentence : read(options)) {
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
