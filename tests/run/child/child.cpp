// SPDX-License-Identifier: MIT
// Runner and trial process of the tests: all is the product's but the training, which does what `train.act`
// says.
//   run_child runner STORE STUDY [--jobs N] [--memory BYTES] [--grace SECONDS]
//   run_child trial HASH …                                     as the launcher calls it
#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <fstream>
#include <iostream>
#include <thread>

#include "files/files.hpp"
#include "made_record.hpp"
#include "run/cores.hpp"
#include "run/launcher.hpp"
#include "run/progress.hpp"
#include "run/provenance.hpp"
#include "run/trial_process.hpp"
#include "sdk/crash_handler.hpp"
#include "sdk/current_call.hpp"

using namespace spanlab;
using namespace spanlab::host;
namespace fs = std::filesystem;

namespace {

std::string option(int argc, char** argv, const std::string& name, const std::string& otherwise = "") {
  for (int i = 2; i + 1 < argc; ++i) {
    if (argv[i] == "--" + name) return argv[i + 1];
  }
  return otherwise;
}

// One line in a file that all processes append to: what was really done, whatever the store says.
void journal(const Workplace& job, const std::string& what) {
  fs::path store = job.folder.parent_path().parent_path().parent_path();
  std::string line = what + ' ' + job.folder.parent_path().filename().string() + '\n';
  int file = open((store / "journal").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (write(file, line.data(), line.size()) < 0)
    throw Error(ErrorKind::environment, "journal", std::strerror(errno));
  close(file);
}

void write_scores(const PlannedTrial& trial, const Workplace& job) {
  double f1 = trial.configuration["train"]["value"].get<double>() + static_cast<double>(trial.seed);
  append_line(job.folder / kMetricsFile, metrics_line(test::made_final(f1)));
}

// Trains until `go` appears in the store's folder; stopped before, it leaves a resume state.
TrialEnd wait_for_go(const PlannedTrial& trial, const Workplace& job, const TrialEvents& events) {
  fs::path store = job.folder.parent_path().parent_path().parent_path();
  if (fs::exists(job.folder / "resume.safetensors")) journal(job, "resumed");
  journal(job, "waiting");
  while (!fs::exists(store / "go")) {
    if (events.stop()) {
      std::ofstream(job.folder / "resume.safetensors") << "half way";
      return TrialEnd::stopped;
    }
    events.progress(50, 100, 0.5);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  write_scores(trial, job);
  return TrialEnd::finished;
}

// Some milliseconds of steps with a resume state after each, as the real training has it.
TrialEnd step_by_step(const PlannedTrial& trial, const Workplace& job, const TrialEvents& events) {
  constexpr int kSteps = 20;
  int step = 0;
  std::ifstream(job.folder / "resume.safetensors") >> step;
  for (; step < kSteps; ++step) {
    if (events.stop()) return TrialEnd::stopped;
    std::this_thread::sleep_for(std::chrono::milliseconds(4));
    events.progress(step + 1, kSteps, 1.0 / (step + 1));
    journal(job, "step");
    std::ofstream(job.folder / "resume.new") << step + 1;
    fs::rename(job.folder / "resume.new", job.folder / "resume.safetensors");
  }
  write_scores(trial, job);
  journal(job, "trained");
  return TrialEnd::finished;
}

// Writes how many threads the trial may have and on which cores it may run.
void write_cores(const Workplace& job) {
  std::ofstream out(job.folder / "cores");
  out << job.threads;
  for (int core : allowed_cores()) out << ' ' << core;
  out << '\n';
}

void eat_memory() {
  std::vector<std::unique_ptr<char[]>> eaten;
  constexpr std::size_t kPiece = std::size_t{64} << 20;
  while (true) {
    eaten.push_back(std::make_unique<char[]>(kPiece));
  }
}

void fill_disk(const Workplace& job) {
  std::ofstream out(job.folder / "model.safetensors", std::ios::binary);
  std::string piece(1 << 16, 'x');
  while (out.write(piece.data(), static_cast<std::streamsize>(piece.size())).flush()) {
  }
  throw Error(ErrorKind::environment, (job.folder / "model.safetensors").string(),
              "cannot write: No space left on device");
}

// What a trial may leave behind, by carelessness or by ill will.
void leave_rubbish(const Workplace& job, const std::string& act) {
  // Not before the first heartbeat, which would write over it.
  const auto beaten = [&] {
    return read_file(job.folder / "status.json").find("\"peak_memory\":0,") == std::string::npos;
  };
  while (!beaten()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  if (act == "bytes") std::cout << "\n caf\xE9 \xFF\xC0\x80\x1b[2J\n" << std::flush;
  if (act == "long line") std::cout << std::string(8 << 20, '\xE9') << std::flush;
  if (act == "log folder") {
    fs::remove(job.folder / "log.txt");
    fs::create_directory(job.folder / "log.txt");
  }
  if (act == "status")
    std::ofstream(job.folder / "status.json")
        << "{\"state\": \"finished\", \"host\": \"\xFF\", \"seconds\": [] }";
  if (act == "no metrics") std::ofstream(job.folder / "status.json") << "{\"state\": \"finished\"}";
  _exit(act == "no metrics" ? 0 : 9);
}

// Hears nothing.
void be_stubborn(const Workplace& job) {
  journal(job, "waiting");
  while (true) pause();
}

TrialEnd train(const PlannedTrial& trial, const Workplace& job, const TrialEvents& events) {
  std::string act = trial.configuration["train"]["act"];
  events.log("training with act " + act);
  if (act == "cores") write_cores(job);
  if (act == "wait" || act == "cores") return wait_for_go(trial, job, events);
  if (act == "steps") return step_by_step(trial, job, events);
  if (act == "stubborn") be_stubborn(job);
  if (act == "abort") std::abort();
  if (act == "segv") std::raise(SIGSEGV);
  if (act == "kill") std::raise(SIGKILL);
  if (act == "exit") _exit(9);
  if (act == "exit as a rebuilt program") _exit(3);
  if (act == "changed data")
    throw Error(ErrorKind::data, "train.json", "it is not what the plan was made from");
  if (act == "interrupted") return TrialEnd::stopped;
  if (act == "nan")
    throw Error(ErrorKind::trial, "step 12", "the loss entity.classify is nan (sentences 3, 4)");
  if (act == "eat") eat_memory();
  if (act == "fill") fill_disk(job);
  if (act == "throw bytes") throw std::runtime_error("caf\xE9 \xFF gives up");
  if (act == "rubbish") leave_rubbish(job, trial.configuration["train"]["rubbish"]);
  write_scores(trial, job);
  journal(job, "trained");
  return TrialEnd::finished;
}

int run_as_trial(int argc, char** argv) {
  CallPage(std::stoi(option(argc, argv, "calls"))).use();
  handle_crashes();
  RunStore store(option(argc, argv, "runs"));
  TrialRequest request;
  request.hash = argv[2];
  request.attempt = std::stoll(option(argc, argv, "attempt"));
  request.program = option(argc, argv, "program");
  request.threads = std::stoi(option(argc, argv, "threads"));
  request.memory = std::stoll(option(argc, argv, "memory", "0"));
  Registry none;
  return static_cast<int>(run_trial(store, request, none, CardIndex({}, none), train));
}

int run_as_runner(int argc, char** argv) {
  RunStore store(argv[2]);
  LaunchSetup setup;
  setup.program = fs::read_symlink("/proc/self/exe");
  setup.program_identity = program_identity();
  setup.jobs = std::stoi(option(argc, argv, "jobs", "0"));
  setup.memory = std::stoll(option(argc, argv, "memory", "0"));
  setup.grace = std::chrono::seconds(std::stoi(option(argc, argv, "grace", "20")));
  std::unique_ptr<RunObserver> observer = plain_progress(std::cerr);
  RunResult result = run_trials(store.current_plan(argv[3]), store, setup, *observer);
  if (result.error) throw *result.error;
  if (result.interrupted) return 130;
  return result.view.count(Phase::failed) + result.view.count(Phase::failed_before) +
                     result.view.count(Phase::interrupted) >
                 0
             ? 1
             : 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return std::string(argv[1]) == "trial" ? run_as_trial(argc, argv) : run_as_runner(argc, argv);
  } catch (const Error& error) {
    std::cerr << error.what() << '\n';
    return error.kind() == ErrorKind::plugin ? 3 : error.kind() == ErrorKind::data ? 4 : 5;
  }
}
