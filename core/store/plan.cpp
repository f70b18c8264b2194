// SPDX-License-Identifier: MIT
#include "store/plan.hpp"

#include <sstream>

#include "files/checksum.hpp"
#include "files/files.hpp"
#include "sdk/json_value.hpp"
#include "spanlab/json_fields.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host {

using nlohmann::json;

namespace {

constexpr int kFormat = 1;

/// What has its default is left out: earlier plans are what they were.
json node_of(const ReportRequest& report) {
  json node{{"baseline", report.baseline}, {"metrics", report.metrics}};
  if (report.claim != Claim::method) node["claim"] = to_text(report.claim);
  if (report.family != Family::table) node["family"] = to_text(report.family);
  if (report.margin) node["margin"] = *report.margin;
  for (const Effect effect : report.effects) node["effects"].push_back(to_text(effect));
  if (!report.names.empty()) node["names"] = report.names;
  if (!report.columns.empty()) node["columns"] = report.columns;
  return node;
}

json header(const Plan& plan) {
  return {{"format", kFormat},           {"study", plan.study},
          {"question", plan.question},   {"script", plan.script},
          {"arguments", plan.arguments}, {"factors", plan.factors},
          {"seeds", plan.seeds},         {"report", node_of(plan.report)},
          {"origins", plan.origins},     {"rows", plan.rows.size()},
          {"trials", plan.trials.size()}};
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
    json line = {{"row", i},
                 {"ablation", row.ablation},
                 {"factors", row.factors},
                 {"label", row.label},
                 {"base", row.base}};
    std::size_t first = next;
    while (next < plan.trials.size() && plan.trials[next].row == static_cast<std::int64_t>(i)) ++next;
    if (first < next) {
      line["configuration"] = *plan.trials[first].configuration;
      line["identity"] = *plan.trials[first].identity;
    }
    append_line(text, line);
    for (; first < next; ++first)
      append_line(text, {{"trial", plan.trials[first].hash}, {"seed", plan.trials[first].seed}});
  }
  return text;
}

namespace {

template <typename Enum>
Enum read_word(JsonFields& report, const char* key, Enum otherwise,
               std::optional<Enum> (*read)(std::string_view)) {
  if (!report.has(key)) return otherwise;
  const std::string text = report.text(key);
  const std::optional<Enum> known = read(text);
  if (!known) report.wrong(key, fmt::format("'{}' is not known here: a plan of another version", text));
  return known.value_or(otherwise);
}

ReportRequest read_request(JsonFields& report) {
  ReportRequest request{.baseline = json_of(report.any("baseline")), .metrics = report.texts("metrics")};
  request.claim = read_word(report, "claim", request.claim, claim_of);
  request.family = read_word(report, "family", request.family, family_of);
  if (report.has("margin")) request.margin = report.number("margin");
  if (report.has("columns")) request.columns = report.texts("columns");
  for (const std::string& text :
       report.has("effects") ? report.texts("effects") : std::vector<std::string>()) {
    if (const auto effect = effect_of(text))
      request.effects.push_back(*effect);
    else
      report.wrong("effects", fmt::format("'{}' is not known here: a plan of another version", text));
  }
  if (report.has("names")) {
    JsonFields names = report.object("names");
    for (const std::string& key : names.keys()) request.names[key] = names.text(key);
  }
  return request;
}

void read_header(Plan& plan, JsonFields& header, std::int64_t& rows, std::int64_t& trials) {
  if (const std::int64_t format = header.integer("format"); format != kFormat) {
    header.wrong("format", fmt::format("expected {}, got {}: a plan of another version", kFormat, format));
  }
  plan.study = header.text("study");
  plan.question = header.text("question");
  plan.script = header.text("script");
  plan.arguments = header.texts("arguments");
  plan.factors = header.texts("factors");
  plan.seeds = header.integers("seeds");
  JsonFields report = header.object("report");
  plan.report = read_request(report);
  plan.origins = json_of(header.any("origins"));
  rows = header.integer("rows");
  trials = header.integer("trials");
}

// A row's line; `shared` takes what its trials have in common.
void read_row(Plan& plan, PlannedTrial& shared, JsonFields& row) {
  plan.rows.push_back(
      {row.text("ablation"), json_of(row.any("factors")), row.text("label"), row.boolean("base")});
  shared.row = static_cast<std::int64_t>(plan.rows.size()) - 1;
  shared.configuration = json_of(row.any("configuration"));
  shared.identity = json_of(row.any("identity"));
}

}  // namespace

std::string data_name(const PlannedTrial& trial) { return trial.configuration.at("data").at("name"); }

std::string model_name(const PlannedTrial& trial, const Registry& registry) {
  const json& encoder = trial.configuration.at("encoder");
  const std::string id = encoder.at("component");
  if (!registry.contains(ComponentKind::encoder, id)) return "";
  const Parameter* names = registry.info(ComponentKind::encoder, id).schema.find(Role::pretrained);
  const json model = names ? encoder.value(names->name, json()) : json();
  return model.is_string() ? model.get<std::string>() : "";
}

std::string device_of(const PlannedTrial& trial) {
  return trial.identity.is_object() ? trial.identity.value("device", "cpu") : "cpu";
}

std::string Plan::hash() const { return sha256_of(plan_lines(*this)); }

void write_plan(const Plan& plan, const std::filesystem::path& file) {
  replace_file(file, plan_lines(plan), Durability::synced);
}

Plan read_plan(const std::filesystem::path& file) {
  Plan plan;
  PlannedTrial shared;
  std::vector<Problem> problems;
  std::int64_t number = 0, rows = 0, trials = 0;
  std::istringstream lines(read_file(file));
  for (std::string line; problems.empty() && std::getline(lines, line);) {
    const json node = parse_json(line, file, ++number, problems);
    if (!problems.empty()) break;
    JsonFields object(view_of(node), fmt::format("{}:{}", file.string(), number), problems);
    if (number == 1) {
      read_header(plan, object, rows, trials);
    } else if (object.has("row")) {
      read_row(plan, shared, object);
    } else {
      plan.trials.push_back(shared);
      plan.trials.back().hash = object.text("trial");
      plan.trials.back().seed = object.integer("seed");
    }
  }
  if (problems.empty() &&
      (number == 0 || std::ssize(plan.rows) != rows || std::ssize(plan.trials) != trials)) {
    problems.push_back({file.string(), fmt::format("cut short: {} of {} rows, {} of {} trials",
                                                   plan.rows.size(), rows, plan.trials.size(), trials)});
  }
  if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
  return plan;
}

}  // namespace spanlab::host
