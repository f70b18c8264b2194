// SPDX-License-Identifier: MIT
#include "app/trial.hpp"

#include "files/file_lock.hpp"
#include "run/check_process.hpp"
#include "run/trial_process.hpp"
#include "sdk/current_call.hpp"
#include "settings/configuration_json.hpp"
#include "spanlab/error.hpp"
#include "sdk/out_of_memory.hpp"

namespace spanlab::host::app {

ExitCode train_attempt(const TrialOptions& options, const Places& places) {
  if (options.calls) CallPage(*options.calls).use();
  const RunStore store(places.runs);
  const std::string hash = store.find_trial(options.hash);
  if (!options.attempt) throw Error(ErrorKind::usage, "--attempt", "expected the number of the attempt");
  const std::optional<FileLock> lock =
      options.lock ? FileLock::inherited(*options.lock) : FileLock::attempt(store.trial_lock(hash));
  if (!lock) throw Error(ErrorKind::environment, "trial " + hash.substr(0, 8), "another process works on it");
  const Registry registry = load_registry(places);
  const CardIndex cards = load_cards(places, registry);
  const Train train = [&](const PlannedTrial& trial, const Workplace& place, const TrialEvents& events) {
    const TrialJob job{read_configuration(trial.configuration, registry),
                       trial.seed,
                       place.folder,
                       place.device,
                       place.threads,
                       place.features,
                       place.cache};
    return memory_told([&] { return train_trial(job, registry, cards, events); });
  };
  return run_trial(store,
                   {.hash = hash,
                    .attempt = *options.attempt,
                    .program = options.program,
                    .device = options.device,
                    .threads = options.threads,
                    .memory = options.memory},
                   registry, cards, train);
}

void check_described_plan(int descriptor, std::optional<int> calls, const Places& places) {
  if (calls) CallPage(*calls).use();
  const Registry registry = load_registry(places);
  const CardIndex cards = load_cards(places, registry);
  answer_check(descriptor, [&](const Plan& plan) { return check_plan(plan, registry, cards); });
}

}  // namespace spanlab::host::app
