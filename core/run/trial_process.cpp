// SPDX-License-Identifier: MIT
#include "run/trial_process.hpp"

#include <malloc.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <ctime>
#include <new>
#include <system_error>

#include <fmt/chrono.h>

#include "files/files.hpp"
#include "records/attempt_files.hpp"
#include "run/provenance.hpp"
#include "run/signals.hpp"
#include "run/status_writer.hpp"
#include "sdk/out_of_memory.hpp"
#include "sdk/utf8.hpp"
#include "spanlab/error.hpp"
#include "spanlab/input_file.hpp"
#include "store/attempt.hpp"

namespace spanlab::host {

namespace {

void limit_memory(std::int64_t bytes) {
  if (bytes <= 0) return;
  rlimit limit{static_cast<rlim_t>(bytes), static_cast<rlim_t>(bytes)};
  if (setrlimit(RLIMIT_AS, &limit) != 0) {
    throw Error(ErrorKind::environment, "--memory", "the limit cannot be set");
  }
}

// Each step makes the tensors of the step before anew. If their memory went back to the system in between,
// its pages would have to be faulted in again: with a frozen encoder that is a tenth of a step.
void keep_freed_memory() {
  mallopt(M_MMAP_THRESHOLD, 32 << 20);  // the largest value that there is
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
}

void check_program(const TrialRequest& request) {
  if (request.program.empty() || request.program == program_identity()) return;
  throw Error(ErrorKind::plugin, "",
              "the program was rebuilt during the run; trials of one run must come from one program. Nothing "
              "is lost: 'spanlab run' or 'spanlab resume' goes on");
}

void log_line(const std::string& text) {
  fmt::print("{:%H:%M:%S} {}\n", fmt::localtime(std::time(nullptr)), text);
  std::fflush(stdout);
}

std::string memory_message(const std::string& what, std::int64_t limit) {
  if (limit <= 0) return what;
  return fmt::format("{} (limited to {} MiB by --memory)", what, limit >> 20);
}

// The exception being handled, as an error that says who can mend it.
Error current_error(const TrialRequest& request) {
  try {
    throw;
  } catch (const Error& error) {
    return error;
  } catch (const OutOfMemory& error) {
    return Error(ErrorKind::trial, "", memory_message(error.what(), request.memory));
  } catch (const std::bad_alloc&) {
    return Error(ErrorKind::trial, "", memory_message("out of memory", request.memory));
  } catch (const std::system_error& error) {
    const bool disk =
        error.code() == std::errc::no_space_on_device || error.code() == std::errc::read_only_file_system;
    const ErrorKind kind =
        disk ? ErrorKind::environment : kind_of_refusal(error.code().value(), ErrorKind::trial);
    return Error(kind, "", error.what());
  } catch (const std::exception& error) {
    return Error(ErrorKind::trial, "", first_line(error.what()));
  } catch (...) {
    return Error(ErrorKind::trial, "", "an exception of unknown type");
  }
}

TrialEnd train_attempt(const PlannedTrial& trial, const Attempt& attempt, const TrialRequest& request,
                       const Registry& registry, const Train& train, const Signals& signals,
                       StatusWriter& status, const RunStore& store) {
  replace_file(attempt.folder / kEnvironmentFile,
               provenance(registry, request.device, request.threads) + '\n', Durability::quick);
  limit_memory(request.memory);
  keep_freed_memory();
  log_line(fmt::format("attempt {} of trial {}, seed {}, on {} with {} thread{}", attempt.number,
                       trial.hash.substr(0, 8), trial.seed, request.device, request.threads,
                       request.threads == 1 ? "" : "s"));
  const Workplace workplace{attempt.folder, request.device, request.threads, store.features_folder(),
                            store.cache_folder()};
  TrialEvents events;
  events.progress = [&](std::int64_t step, std::int64_t steps, double loss) {
    status.progress(step, steps, loss);
  };
  events.log = log_line;
  events.stop = [&] { return signals.interrupts() > 0 || status.broken(); };
  return train(trial, workplace, events);
}

Attempt requested_attempt(const RunStore& store, const TrialRequest& request) {
  for (Attempt& attempt : store.attempts(request.hash)) {
    if (attempt.number == request.attempt) return std::move(attempt);
  }
  throw Error(ErrorKind::environment, store.trial_folder(request.hash).string(),
              fmt::format("there is no attempt {}", request.attempt));
}

}  // namespace

ExitCode run_trial(const RunStore& store, const TrialRequest& request, const Registry& registry,
                   const CardIndex& cards, const Train& train) {
  Signals signals;
  PlannedTrial trial = read_trial(store, request.hash);
  Attempt attempt = requested_attempt(store, request);
  attempt.status.process = getpid();
  StatusWriter status(attempt);
  bool as_planned = false;  // until then, what goes wrong is not the trial's fault
  try {
    check_program(request);
    check_identity(trial, registry, cards, request.device);
    as_planned = true;
    TrialEnd end = train_attempt(trial, attempt, request, registry, train, signals, status, store);
    status.end(end == TrialEnd::finished ? AttemptState::finished : AttemptState::interrupted, "");
    if (end != TrialEnd::finished) return ExitCode::interrupted;
    // Only now: a process killed before the last status goes on from it.
    std::error_code ignored;
    std::filesystem::remove(attempt.folder / kResumeFile, ignored);
    return ExitCode::done;
  } catch (...) {
    Error error = current_error(request);
    log_line(error.what());
    const bool own = as_planned && error.kind() == ErrorKind::trial;
    status.end(own ? AttemptState::failed : AttemptState::interrupted, error.what());
    if (!own) throw error;
    return ExitCode::trials_failed;
  }
}

}  // namespace spanlab::host
