// SPDX-License-Identifier: MIT
#include "app/logs.hpp"

#include <chrono>
#include <fstream>
#include <iterator>
#include <thread>

#include "files/file_lock.hpp"
#include "records/attempt_files.hpp"
#include "spanlab/error.hpp"
#include "spanlab/input_file.hpp"
#include "store/run_store.hpp"

namespace spanlab::host::app {

namespace {

// What a file has beyond where it was read to the last time.
class GrowingFile {
 public:
  explicit GrowingFile(std::filesystem::path file) : file_(std::move(file)) {}

  std::string next() {
    check_input(file_, ErrorKind::environment);
    std::ifstream in(file_, std::ios::binary);
    in.seekg(at_);
    std::string bytes(std::istreambuf_iterator<char>(in), {});
    at_ += static_cast<std::streamoff>(bytes.size());
    return bytes;
  }

 private:
  std::filesystem::path file_;
  std::streamoff at_ = 0;
};

Attempt chosen_attempt(const RunStore& store, const std::string& hash, std::optional<std::int64_t> number) {
  const std::vector<Attempt> attempts = store.attempts(hash);
  if (attempts.empty()) throw Error(ErrorKind::usage, "trial " + hash.substr(0, 8), "it was not begun yet");
  if (!number) return attempts.back();
  for (const Attempt& attempt : attempts) {
    if (attempt.number == *number) return attempt;
  }
  throw Error(ErrorKind::usage, "--attempt",
              fmt::format("trial {} has the attempts {} to {}, got {}", hash.substr(0, 8),
                          attempts.front().number, attempts.back().number, *number));
}

}  // namespace

void read_log(const LogsOptions& options, const Places& places, const LogSink& sink) {
  constexpr std::chrono::milliseconds kPause(200);
  const RunStore store(places.runs);
  const std::string hash = store.find_trial(options.trial);
  GrowingFile file(chosen_attempt(store, hash, options.attempt).folder / kLogFile);
  bool wanted = sink(file.next());
  for (bool open = options.follow; open && wanted;) {
    open = is_file_locked(store.trial_lock(hash));  // asked first: what came before the end is printed then
    wanted = sink(file.next());
    if (open) std::this_thread::sleep_for(kPause);
  }
}

}  // namespace spanlab::host::app
