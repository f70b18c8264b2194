// SPDX-License-Identifier: MIT
#include "lua/request_reader.hpp"

#include <cmath>

#include "text/terminal_text.hpp"

namespace spanlab::host::lua {
namespace {

class RequestReader {
 public:
  RequestReader(Reader& reader, std::string key, Study& study)
      : reader_(reader), state_(reader.state()), key_(std::move(key)), study_(study) {}

  void read(const Beside& beside) {
    if (key_ == "metrics")
      each_text(beside, "a list of scores: { \"entity.f1\" }", [&](std::string path, const Origin& origin) {
        study_.metrics.push_back({std::move(path), origin});
      });
    else if (key_ == "columns")
      each_text(beside, "a list of scores and factors: { \"entity.f1\" }",
                [&](std::string path, const Origin& origin) {
                  study_.columns.push_back({std::move(path), origin});
                });
    else if (key_ == "claim")
      word(beside, claim_names(), claim_of, study_.report.claim);
    else if (key_ == "family")
      word(beside, family_names(), family_of, study_.report.family);
    else if (key_ == "effects")
      effects(beside);
    else if (key_ == "margin")
      margin(beside);
    else
      names(beside);
  }

 private:
  // Visits the texts of the list on top of the stack.
  template <typename Visit>
  void each_text(const Beside& beside, const char* expected, Visit visit) {
    if (!lua_istable(state_, -1) || !reader_.is_list(-1))
      return reader_.report_unexpected(-1, beside.origin, key_, expected);
    const int table = lua_gettop(state_);
    const std::size_t count = reader_.items(table, beside);
    for (std::size_t i = 0; i < count; ++i) {
      lua_rawgeti(state_, table, static_cast<lua_Integer>(i) + 1);
      const Setting setting = reader_.setting(-1, beside.inside_item(i), key_);
      if (const auto* text = std::get_if<std::string>(&setting.value))
        visit(*text, beside.of_item(i));
      else if (!setting.reported)
        reader_.report_unexpected(-1, beside.of_item(i), key_, "a text");
      lua_pop(state_, 1);
    }
  }

  void unknown(const Origin& origin, const std::string& text, std::span<const std::string_view> known) {
    const std::vector<std::string> words(known.begin(), known.end());
    reader_.host().report(origin, fmt::format("{}: '{}' is none; expected {}{}", key_, short_text(text),
                                              fmt::join(words, ", "), did_you_mean(text, words)));
  }

  template <typename Enum>
  void word(const Beside& beside, std::span<const std::string_view> known,
            std::optional<Enum> (*read)(std::string_view), Enum& value) {
    const Setting setting = reader_.setting(-1, beside, key_);
    if (const auto* text = std::get_if<std::string>(&setting.value)) {
      if (const auto found = read(*text))
        value = *found;
      else
        unknown(beside.origin, *text, known);
    } else if (!setting.reported) {
      reader_.report_unexpected(-1, beside.origin, key_, fmt::format("one of {}", fmt::join(known, ", ")));
    }
  }

  void effects(const Beside& beside) {
    each_text(beside, "a list of effect sizes: { \"hedges_g\" }",
              [&](const std::string& text, const Origin& origin) {
                if (const auto effect = effect_of(text))
                  study_.report.effects.push_back(*effect);
                else
                  unknown(origin, text, effect_names());
              });
  }

  void margin(const Beside& beside) {
    const double points = lua_type(state_, -1) == LUA_TNUMBER ? lua_tonumber(state_, -1) : 0;
    if (!std::isfinite(points) || points <= 0)
      return reader_.report_unexpected(-1, beside.origin, key_, "a number of points above 0");
    study_.report.margin = points;
  }

  void names(const Beside& beside) {
    if (!lua_istable(state_, -1))
      return reader_.report_unexpected(-1, beside.origin, key_,
                                       "a table: { [\"entity.f1\"] = \"Entities\" }");
    const int table = lua_gettop(state_);
    for (const std::string& of : reader_.keys(table, beside)) {
      const Beside inside = beside.inside_key(of);
      reader_.push_entry(table, of);
      const Setting setting = reader_.setting(-1, inside, key_);
      if (const auto* text = std::get_if<std::string>(&setting.value))
        study_.names.push_back({of, printable(*text), beside.of_key(of)});
      else if (!setting.reported)
        reader_.report_unexpected(-1, beside.of_key(of), key_, "a text");
      lua_pop(state_, 1);
    }
  }

  Reader& reader_;
  lua_State* state_;
  std::string key_;
  Study& study_;
};

}  // namespace

void read_request(Reader& reader, const std::string& key, const Beside& beside, Study& study) {
  RequestReader(reader, key, study).read(beside);
}

}  // namespace spanlab::host::lua
