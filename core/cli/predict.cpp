// SPDX-License-Identifier: MIT
#include <fmt/ranges.h>

#include <iostream>
#include <thread>

#include "cli/commands.hpp"
#include "cli/options.hpp"
#include "data/sentence_input.hpp"
#include "run/provenance.hpp"
#include "settings/configuration_json.hpp"
#include "spanlab/error.hpp"
#include "store/attempt.hpp"
#include "train/predictor.hpp"

namespace spanlab::cli {

namespace po = boost::program_options;

namespace {

std::vector<Sentence> read_input(const std::string& name) {
  return name == "-" ? read_sentences(std::cin, "standard input").sentences : read_sentences(name).sentences;
}

// Identities count what a component declares of its results; that its code is another one should not pass
// unseen.
void warn_of_rebuilt(const RunStore& store, const PlannedTrial& trial, const Registry& registry,
                     std::ostream& err) {
  std::vector<std::string> rebuilt;
  try {
    rebuilt = rebuilt_plugins(trial, registry, store.environment(*store.newest_finished(trial.hash)));
  } catch (const Error&) {  // a damaged environment.json says nothing
  }
  if (rebuilt.empty()) return;
  err << fmt::format(
      "warning: the model was made by other builds of the plugins {}; their components declare that results "
      "are "
      "the same (results_version)\n",
      fmt::join(rebuilt, ", "));
}

std::filesystem::path model_file(const RunStore& store, const std::string& hash, const std::string& prefix) {
  const std::optional<Attempt> attempt = store.newest_finished(hash);
  if (!attempt)
    throw Error(ErrorKind::usage, prefix, "this trial has not finished: there is no trained model yet");
  const std::filesystem::path file = attempt->folder / "model.safetensors";
  if (!std::filesystem::exists(file)) {
    throw Error(ErrorKind::usage, prefix, "this trial kept no weights; train it with train.keep = \"last\"");
  }
  return file;
}

class Predict : public Command {
 public:
  std::string name() const override { return "predict"; }
  std::string synopsis() const override { return "TRIAL [FILE]"; }
  std::string summary() const override {
    return "annotate text or JSON with a trained model, one JSON object a line";
  }
  std::vector<std::string> examples() const override {
    return {"spanlab predict 3f9a sentences.txt > predictions.jsonl",
            "echo 'Alice lives in Wonderland .' | spanlab predict 3f9a"};
  }

  void declare(po::options_description& options,
               po::positional_options_description& positional) const override {
    options.add_options()("trial", po::value<std::string>()->value_name("TRIAL"),
                          "unique prefix of a trial's hash")(
        "file", po::value<std::string>()->value_name("FILE")->default_value("-"),
        "text, one sentence a line, words split at white space; or JSON, a list of {\"tokens\": […]} or one "
        "such object a line; -: standard input")(
        "device", po::value<std::string>()->value_name("DEVICE")->default_value("cpu"), "cpu or cuda")(
        "threads", po::value<int>()->value_name("N")->default_value(0), "processor threads; 0: all");
    positional.add("trial", 1).add("file", 1);
  }

  ExitCode run(const po::variables_map& options, Context& context) const override {
    const RunStore store(context.runs);
    const std::string hash = store.find_trial(argument(options, "trial"));
    const std::filesystem::path file = model_file(store, hash, argument(options, "trial"));
    const int given = options["threads"].as<int>();
    if (given < 0 || given > kMostJobs) {
      throw Error(ErrorKind::usage, "--threads",
                  fmt::format("expected a number from 0 to {}, got {}", kMostJobs, given));
    }
    const int threads =
        given > 0 ? given : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    const std::vector<Sentence> sentences = read_input(options["file"].as<std::string>());
    const Registry registry = load_registry(context);
    const CardIndex cards = load_cards(context);
    const PlannedTrial trial = read_trial(store, hash);
    check_stored_model(trial, registry, cards);
    if (!context.quiet) warn_of_rebuilt(store, trial, registry, context.err);
    Predictor predictor(file, registry, cards, options["device"].as<std::string>(), threads);
    if (predictor.configuration() != read_configuration(trial.configuration, registry)) {
      throw Error(
          ErrorKind::data, file.string(),
          "holds the model of another trial than the folder's trial.json; bring the trial's own back, "
          "or train it anew");
    }
    // Some at a time: an untrained model finds tens of thousands of relations in a sentence.
    constexpr std::size_t kAtOnce = 200;
    for (std::size_t first = 0; first < sentences.size(); first += kAtOnce) {
      const std::span<const Sentence> some =
          std::span(sentences).subspan(first, std::min(kAtOnce, sentences.size() - first));
      for (const std::string& line : predictor.predict(some)) context.out << line << '\n';
    }
    return ExitCode::done;
  }
};

}  // namespace

std::unique_ptr<Command> predict_command() { return std::make_unique<Predict>(); }

}  // namespace spanlab::cli
