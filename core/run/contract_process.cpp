// SPDX-License-Identifier: MIT
#include "run/contract_process.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <deque>
#include <optional>
#include <sstream>

#include "files/files.hpp"
#include "run/log_tail.hpp"
#include "run/shared_page.hpp"
#include "run/signals.hpp"
#include "run/watched_child.hpp"
#include "sdk/json_value.hpp"

namespace spanlab::host {

using contract::Result;
using contract::Verdict;
using nlohmann::json;

namespace {

constexpr int kTickMilliseconds = 100;

std::vector<std::string> texts_of(const std::vector<std::filesystem::path>& files) {
  std::vector<std::string> texts;
  for (const std::filesystem::path& file : files) texts.push_back(file.string());
  return texts;
}

json to_json(const contract::Request& request, std::int64_t memory) {
  return {{"plugin", request.plugin.string()},
          {"components", request.components},
          {"seed", request.seed},
          {"plugins", texts_of(request.plugins)},
          {"data", request.data},
          {"memory", memory}};
}

contract::Request request_of(const json& line) {
  contract::Request request{
      line.at("plugin").get<std::string>(), line.at("components"), line.at("seed"), {}, line.at("data")};
  for (const std::string file : line.at("plugins")) request.plugins.emplace_back(file);
  return request;
}

json to_json(const Result& result) {
  return {{"component", result.component},
          {"item", result.item},
          {"verdict", static_cast<int>(result.verdict)},
          {"message", result.message},
          {"seconds", result.seconds}};
}

Result result_of(const json& line) {
  return {line.at("component"), line.at("item"), static_cast<Verdict>(line.at("verdict").get<int>()),
          line.at("message"), line.at("seconds")};
}

// What one process says, as far as it has come; lines are whole.
class Process {
 public:
  using Clock = std::chrono::steady_clock;

  Process(const ContractJob& job, const contract::Request& request)
      : page_(to_json(request, job.memory).dump() + '\n'),
        read_(page_.size()),
        child_({.program = job.program,
                .arguments = {"contract", "--job", std::to_string(page_.descriptor())},
                .log = log_.path(),
                .cores = {},
                .inherited = {page_.descriptor()},
                .environment = {}},
               std::chrono::seconds(0)),
        limit_(job.limit),
        since_(Clock::now()) {}

  // The next lines; takes note of what they begin.
  std::vector<json> lines() {
    std::string text = read_file(page_.path()).substr(read_);
    text.resize(text.rfind('\n') == text.npos ? 0 : text.rfind('\n') + 1);
    read_ += text.size();
    std::istringstream in(text);
    std::vector<json> lines;
    std::vector<Problem> ignored;
    for (std::string line; std::getline(in, line);) {
      lines.push_back(parse_json(line, page_.path(), 1, ignored));
      since_ = Clock::now();
    }
    return lines;
  }

  std::optional<ChildEnd> ended() { return child_.ended(); }
  void stop_where_it_hangs() {
    if (limit_.count() == 0 || Clock::now() - since_ < limit_) return;
    hung_ = true;
    child_.send(SIGKILL);
  }

  // How it ended without saying so.
  std::string fault(const ChildEnd& end) const {
    std::string text =
        hung_ ? fmt::format("did not end within {} s{}", limit_.count(), end.calls) : end_text(end);
    const std::vector<std::string> tail = log_tail(log_.path(), 3, 0);
    if (!tail.empty()) text += fmt::format("\n| {}", fmt::join(tail, "\n| "));
    return text;
  }

 private:
  SharedPage page_, log_{""};
  std::size_t read_;
  WatchedChild child_;
  std::chrono::seconds limit_;
  Clock::time_point since_;
  bool hung_ = false;
};

// Checks component after component, with a new process after each one that ended its own.
class Apart {
 public:
  Apart(const ContractJob& job, const std::function<void(const Result&)>& told)
      : job_(job), request_(job.request), told_(told) {}

  ContractResult run() {
    while (!over_) {
      Process process(job_, request_);
      begun_.reset();
      std::optional<ChildEnd> end;
      while (!end) {
        if (signals_.interrupts() > 0) return {std::move(results_), true};
        end = process.ended();
        for (const json& line : process.lines()) take(line);
        if (end) break;
        process.stop_where_it_hangs();
        signals_.wait(kTickMilliseconds);
      }
      if (!over_) go_on_behind(process.fault(*end));
    }
    return {std::move(results_), false};
  }

 private:
  struct Begun {
    std::string component, item;
  };

  void take(const json& line) {
    if (line.contains("begins")) {
      begun_ = {line.at("begins").at(0), line.at("begins").at(1)};
    } else if (line.contains("components")) {
      const std::vector<std::string> names = line.at("components");
      left_ = {names.begin(), names.end()};
      over_ = left_.empty();
    } else if (line.contains("verdict")) {
      add(result_of(line));
      begun_.reset();
    } else if (line.contains("checked")) {
      left_.pop_front();
      over_ = left_.empty();
    } else {
      refuse(line);
    }
  }

  // A plugin that is refused is what came of it; whatever else is wrong is not its own.
  void refuse(const json& line) {
    std::vector<Problem> problems;
    for (const json& problem : line.at("problems")) problems.push_back({problem.at(0), problem.at(1)});
    const Error error(static_cast<ErrorKind>(line.at("kind").get<int>()), std::move(problems));
    if (error.kind() != ErrorKind::plugin) throw error;
    const std::filesystem::path& plugin = job_.request.plugin;
    add({plugin.string(), suite::kLoads, Verdict::failed, suite::refusal_text(error, plugin)});
    over_ = true;
  }

  // A second process tells again of the files that are refused.
  void add(Result result) {
    const auto is_it = [&](const Result& one) {
      return one.component == result.component && one.item == result.item;
    };
    if (std::ranges::any_of(results_, is_it)) return;
    told_(result);
    results_.push_back(std::move(result));
  }

  void go_on_behind(const std::string& fault) {
    const std::string file = job_.request.plugin.string();
    if (left_.empty()) {
      add({file, suite::kLoads, Verdict::failed, fault});
      over_ = true;
      return;
    }
    const Begun at = begun_.value_or(Begun{left_.front(), "end"});
    add({at.component, at.item, Verdict::failed, fault});
    left_.pop_front();
    request_.components = {left_.begin(), left_.end()};
    over_ = left_.empty();
  }

  const ContractJob& job_;
  contract::Request request_;
  const std::function<void(const Result&)>& told_;
  Signals signals_;
  std::vector<Result> results_;
  std::deque<std::string> left_;
  std::optional<Begun> begun_;
  bool over_ = false;
};

void limit_memory(std::int64_t bytes) {
  if (bytes <= 0) return;
  const rlimit limit{static_cast<rlim_t>(bytes), static_cast<rlim_t>(bytes)};
  if (setrlimit(RLIMIT_DATA, &limit) != 0)
    throw Error(ErrorKind::environment, "", "the memory of a process cannot be limited");
}

void check_all(const contract::Request& request, const std::function<void(const json&)>& answer) {
  const suite::Suite suite(request);
  for (const Result& result : suite.refused()) answer(to_json(result));
  std::vector<std::string> names;
  const std::vector<suite::Name> components = suite.components();
  for (const suite::Name& component : components) names.push_back(component.text());
  answer({{"components", names}});
  const suite::Listener listener{
      [&](const std::string& component, const std::string& item) { answer({{"begins", {component, item}}}); },
      [&](const Result& result) { answer(to_json(result)); }};
  for (const suite::Name& component : components) {
    suite.check(component, listener);
    answer({{"checked", component.text()}});
  }
}

}  // namespace

ContractResult check_contract_apart(const ContractJob& job, const std::function<void(const Result&)>& told) {
  return Apart(job, told).run();
}

void answer_contract(int descriptor) {
  const std::filesystem::path page = SharedPage::path_of(descriptor);
  const json job = parse_json(read_file(page), page);
  const auto answer = [&](const json& line) { SharedPage::append(descriptor, line); };
  try {
    limit_memory(job.at("memory"));
    check_all(request_of(job), answer);
  } catch (const Error& error) {
    json problems = json::array();
    for (const Problem& problem : error.problems()) problems.push_back({problem.place, problem.message});
    answer({{"kind", static_cast<int>(error.kind())}, {"problems", problems}});
  }
}

}  // namespace spanlab::host
