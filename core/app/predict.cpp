// SPDX-License-Identifier: MIT
#include "app/predict.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <iostream>
#include <span>
#include <thread>

#include "data/sentence_input.hpp"
#include "records/attempt_files.hpp"
#include "run/provenance.hpp"
#include "settings/configuration_json.hpp"
#include "spanlab/error.hpp"
#include "store/attempt.hpp"
#include "store/trial_file.hpp"
#include "train/predictor.hpp"

namespace spanlab::host::app {

namespace {

std::vector<Sentence> read_input(const Registry& components, const std::string& name) {
  return name == "-" ? read_sentences(components, std::cin, "standard input").sentences
                     : read_sentences(components, name).sentences;
}

// Identities count what a component declares of its results; that its code is another one should not pass
// unseen.
void warn_of_rebuilt(const RunStore& store, const PlannedTrial& trial, const Registry& registry,
                     const Notes& notes) {
  std::vector<std::string> rebuilt;
  try {
    rebuilt = rebuilt_plugins(trial, registry, store.plugin_code(*store.newest_finished(trial.hash)));
  } catch (const Error&) {  // a damaged environment.json says nothing
  }
  if (rebuilt.empty()) return;
  notes(
      fmt::format("warning: the model was made by other builds of the plugins {}; their components declare "
                  "that results are the same (results_version)",
                  fmt::join(rebuilt, ", ")));
}

std::filesystem::path model_file(const RunStore& store, const std::string& hash, const std::string& prefix) {
  const std::optional<Attempt> attempt = store.newest_finished(hash);
  if (!attempt) {
    throw Error(ErrorKind::usage, prefix, "this trial has not finished: there is no trained model yet");
  }
  const std::filesystem::path file = attempt->folder / kModelFile;
  if (!std::filesystem::exists(file)) {
    throw Error(ErrorKind::usage, prefix, "this trial kept no weights; train it with train.keep = \"last\"");
  }
  return file;
}

int threads_of(const PredictOptions& options) {
  if (options.threads > 0) return options.threads;
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

}  // namespace

void predict(const PredictOptions& options, const Places& places, const Notes& notes,
             const std::function<void(const std::string& line)>& sink) {
  const RunStore store(places.runs);
  const std::string hash = store.find_trial(options.trial);
  const std::filesystem::path file = model_file(store, hash, options.trial);
  const Registry registry = load_registry(places);
  const std::vector<Sentence> sentences = read_input(registry, options.file.value_or("-"));
  const CardIndex cards = load_cards(places, registry);
  const PlannedTrial trial = read_trial(store, hash);
  check_stored_model(trial, registry, cards);
  warn_of_rebuilt(store, trial, registry, notes);
  Predictor predictor(file, registry, cards, options.device, threads_of(options));
  if (predictor.configuration() != read_configuration(trial.configuration, registry)) {
    throw Error(ErrorKind::data, file.string(),
                "holds the model of another trial than the folder's trial.json; bring the trial's own back, "
                "or train it anew");
  }
  // Some at a time: an untrained model finds tens of thousands of relations in a sentence.
  constexpr std::size_t kAtOnce = 200;
  std::span<const Sentence> rest(sentences);
  while (!rest.empty()) {
    const std::span<const Sentence> some = rest.first(std::min(kAtOnce, rest.size()));
    for (const std::string& line : predictor.predict(some)) sink(line);
    rest = rest.subspan(some.size());
  }
}

}  // namespace spanlab::host::app
