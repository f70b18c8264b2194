// SPDX-License-Identifier: MIT
#include "report/evaluation_text.hpp"

#include "report/rows.hpp"
#include "store/configuration_values.hpp"

namespace spanlab::host {

using nlohmann::json;

std::string evaluation_text(const json& configuration) {
  const auto text = [&](const char* name) {
    const json& value = value_at(configuration, std::string("data.") + name);
    return value.is_null() || value == "" ? std::string() : value_text(value);
  };
  const std::string dev = text("dev"), test = text("test"), overlap = text("overlap");
  std::string result = fmt::format("{}: trained on {}", text("name"), text("train"));
  if (!dev.empty()) result += ", watched on " + dev;
  const std::string& scored = test.empty() ? dev : test;  // as training does where there is no test split
  result += scored.empty() ? ", not scored" : ", scored on " + scored;
  const json& limit = value_at(configuration, "data.limit");
  if (limit.is_number() && limit > 0) result += fmt::format(", the first {} sentences of each", limit.dump());
  if (overlap == "allowed") result += "; overlapping entities count";
  if (overlap == "removed") result += "; overlapping entities are left out";
  return result;
}

}  // namespace spanlab::host
