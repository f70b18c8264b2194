// SPDX-License-Identifier: MIT
#include <algorithm>
#include <ostream>

#include "app/doctor.hpp"
#include "cli/commands.hpp"
#include "cli/text.hpp"

namespace spanlab::host::cli {

using nlohmann::ordered_json;

namespace {

using Findings = std::vector<app::Finding>;

const char* to_text(app::Health health) {
  switch (health) {
    case app::Health::good:
      return "ok";
    case app::Health::note:
      return "note";
    case app::Health::problem:
      break;
  }
  return "problem";
}

void print(const Findings& findings, std::int64_t problems, Context& context) {
  std::string area;
  for (const app::Finding& finding : findings) {
    if (finding.area != area) context.out << (area.empty() ? "" : "\n") << finding.area << '\n';
    area = finding.area;
    print_hanging(context.out, fmt::format("  {:<7}  ", to_text(finding.health)), finding.text,
                  context.columns);
  }
  const std::string sum =
      problems == 0 ? "all in place" : fmt::format("{} problem{}", problems, problems == 1 ? "" : "s");
  context.out << '\n' << sum << '\n';
}

void print_json(const Findings& findings, std::ostream& out) {
  ordered_json all = ordered_json::array();
  for (const app::Finding& finding : findings) {
    all.push_back({{"area", finding.area}, {"state", to_text(finding.health)}, {"text", finding.text}});
  }
  out << printed(all) << '\n';
}

ExitCode doctor(Context& context) {
  const Findings findings = app::examine(context.places);
  const std::int64_t problems = std::ranges::count(findings, app::Health::problem, &app::Finding::health);
  if (context.json) {
    print_json(findings, context.out);
  } else {
    print(findings, problems, context);
  }
  return problems == 0 ? ExitCode::done : ExitCode::environment;
}

}  // namespace

Command doctor_command() {
  return make_command({.name = "doctor",
                       .synopsis = "",
                       .summary = "versions, search paths, plugins, data, models: is all in place?",
                       .examples = {"spanlab doctor", "spanlab doctor --plugin-path ./build --json"}},
                      doctor);
}

}  // namespace spanlab::host::cli
