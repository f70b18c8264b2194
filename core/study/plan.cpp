// SPDX-License-Identifier: MIT
#include "study/plan.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>

#include "data/card.hpp"
#include "files/files.hpp"
#include "spanlab/error.hpp"

namespace spanlab {

using nlohmann::json;

namespace {

constexpr int kFormat = 1;

json header(const Plan& plan) {
  return {{"format", kFormat}, {"study", plan.study}, {"question", plan.question}, {"script", plan.script},
          {"arguments", plan.arguments}, {"factors", plan.factors}, {"seeds", plan.seeds},
          {"report", {{"baseline", plan.report.baseline}, {"metrics", plan.report.metrics}}},
          {"origins", plan.origins}, {"rows", plan.rows.size()}, {"trials", plan.trials.size()}};
}

void append_line(std::string& text, const json& value) {
  text += value.dump();
  text += '\n';
}

}  // namespace

// Trials of a row share configuration and identity, which therefore stand in the row's line.
std::string plan_lines(const Plan& plan) {
  std::string text;
  append_line(text, header(plan));
  std::size_t next = 0;
  for (std::size_t i = 0; i < plan.rows.size(); ++i) {
    const PlanRow& row = plan.rows[i];
    json line = {{"row", i}, {"ablation", row.ablation}, {"factors", row.factors}, {"label", row.label}, {"base", row.base}};
    std::size_t first = next;
    while (next < plan.trials.size() && plan.trials[next].row == static_cast<std::int64_t>(i)) ++next;
    if (first < next) {
      line["configuration"] = plan.trials[first].configuration;
      line["identity"] = plan.trials[first].identity;
    }
    append_line(text, line);
    for (; first < next; ++first) append_line(text, {{"trial", plan.trials[first].hash}, {"seed", plan.trials[first].seed}});
  }
  return text;
}

namespace {

Plan read_header(const json& node) {
  if (node.at("format").get<int>() != kFormat) throw json::other_error::create(0, "a plan of another version of spanlab", &node);
  Plan plan;
  plan.study = node.at("study");
  plan.question = node.at("question");
  plan.script = node.at("script");
  plan.arguments = node.at("arguments").get<std::vector<std::string>>();
  plan.factors = node.at("factors").get<std::vector<std::string>>();
  plan.seeds = node.at("seeds").get<std::vector<std::int64_t>>();
  plan.report = {node.at("report").at("baseline"), node.at("report").at("metrics").get<std::vector<std::string>>()};
  plan.origins = node.at("origins");
  return plan;
}

// A row's line; `shared` takes what its trials have in common.
void read_row(Plan& plan, PlannedTrial& shared, const json& node) {
  plan.rows.push_back({node.at("ablation"), node.at("factors"), node.at("label"), node.at("base")});
  shared.row = static_cast<std::int64_t>(plan.rows.size()) - 1;
  shared.configuration = node.value("configuration", json());
  shared.identity = node.value("identity", json());
}

}  // namespace

std::string Plan::hash() const { return sha256_of(plan_lines(*this)); }

void write_plan(const Plan& plan, const std::filesystem::path& file) {
  replace_file(file, plan_lines(plan), Durability::synced);
}

Plan read_plan(const std::filesystem::path& file) {
  std::ifstream stream(file);
  if (!stream) throw Error(ErrorKind::environment, file.string(), fmt::format("cannot read it: {}", std::strerror(errno)));
  Plan plan;
  PlannedTrial shared;
  std::size_t number = 0, rows = 0, trials = 0;
  std::string line;
  try {
    while (std::getline(stream, line)) {
      const json node = json::parse(line);
      if (++number == 1) {
        plan = read_header(node);
        rows = node.at("rows");
        trials = node.at("trials");
      } else if (node.contains("row")) {
        read_row(plan, shared, node);
      } else {
        plan.trials.push_back(shared);
        plan.trials.back().hash = node.at("trial");
        plan.trials.back().seed = node.at("seed");
      }
    }
  } catch (const json::exception& error) {
    throw Error(ErrorKind::data, fmt::format("{}:{}", file.string(), std::max<std::size_t>(number, 1)), fmt::format("not a plan: {}", error.what()));
  }
  if (number == 0 || plan.rows.size() != rows || plan.trials.size() != trials) {
    throw Error(ErrorKind::data, file.string(),
                fmt::format("cut short: {} of {} rows, {} of {} trials", plan.rows.size(), rows, plan.trials.size(), trials));
  }
  return plan;
}

}  // namespace spanlab
