// SPDX-License-Identifier: MIT
#include "lua/study_reader.hpp"

#include <array>
#include <set>

#include "lua/request_reader.hpp"
#include "lua/space_reader.hpp"
#include "text/names.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::host::lua {

namespace {

constexpr std::size_t kBytesOfSeed = 64;  // in a list and in the set that finds repeated ones

class StudyReader {
 public:
  explicit StudyReader(Reader& reader) : reader_(reader), state_(reader.state()) {}

  Study read(int index, const std::string& script) {
    const Beside beside = reader_.beside(index);
    study_.name = node_string(state_, index, kId);
    study_.origin = beside.origin;
    study_.script = script;
    if (lua_getiuservalue(state_, index, kId) == LUA_TSTRING)
      check_name(Named::study, study_.name, study_.origin);
    lua_pop(state_, 1);
    reader_.push_table(index);
    const int table = lua_gettop(state_);
    each_known(table, beside, "study",
               {"question", "data", "model", "train", "space", "ablate", "seeds", "profiles", "report"},
               [&](const std::string& key, const Beside& inside) { field(key, inside); });
    for (const char* key : {"data", "model"}) {
      const bool missing = reader_.push_entry(table, key) == LUA_TNIL && !beside.writes(key);
      if (missing) report(beside.origin, fmt::format("the study has no '{}'", key));
      lua_pop(state_, 1);
    }
    lua_settop(state_, table - 1);
    if (study_.points.empty()) study_.points.emplace_back();
    if (study_.seeds.empty()) study_.seeds = {1};
    return std::move(study_);
  }

 private:
  void report(const Origin& origin, std::string message) {
    reader_.host().report(origin, std::move(message));
  }

  bool check_name(Named kind, const std::string& name, const Origin& origin) {
    std::string wrong = wrong_name(kind, name);
    if (wrong.empty()) return true;
    report(origin, std::move(wrong));
    return false;
  }

  // Visits the entries of the table at `index`, value on top of the stack; names that are not `known` are
  // reported.
  template <typename Visit>
  void each_known(int index, const Beside& beside, const std::string& what,
                  const std::vector<std::string>& known, Visit visit) {
    for (const std::string& key : reader_.keys(index, beside)) {
      if (std::ranges::find(known, key) == known.end()) {
        report(beside.of_key(key), fmt::format("unknown key '{}' of {}{}\n   known keys: {}", short_text(key),
                                               what, did_you_mean(key, known), fmt::join(known, ", ")));
        continue;
      }
      reader_.push_entry(index, key);
      visit(key, beside.inside_key(key));
      lua_pop(state_, 1);
    }
  }

  bool is_node(NodeKind kind) const {
    const Node* node = node_at(state_, -1);
    return node && node->kind == kind;
  }

  bool is_plain_table(const Beside& beside, const std::string& name) {
    if (lua_istable(state_, -1)) return true;
    reader_.report_unexpected(-1, beside.origin, name, "a table");
    return false;
  }

  void field(const std::string& key, const Beside& beside) {
    if (key == "question")
      question(beside);
    else if (key == "data")
      data(beside);
    else if (key == "model")
      model(beside);
    else if (key == "train")
      base("train", beside);
    else if (key == "space")
      space(beside, study_.factors, study_.points);
    else if (key == "ablate")
      ablations(beside);
    else if (key == "profiles")
      profiles(beside);
    else if (key == "seeds")
      seeds(beside, study_.seeds);
    else
      report_request(beside);
  }

  void question(const Beside& beside) {
    const Setting setting = reader_.setting(-1, beside, "question");
    if (const auto* text = std::get_if<std::string>(&setting.value))
      study_.question = printable(*text);
    else if (!setting.reported)
      reader_.report_unexpected(-1, beside.origin, "question", "a text");
  }

  void base(const std::string& key, const Beside& beside) {
    study_.base.members[key] = reader_.setting(-1, beside, key);
  }

  void data(const Beside& beside) {
    if (is_node(NodeKind::data)) return base("data", beside);
    study_.base.members["data"] = {.origin = beside.origin, .reported = true};
    reader_.report_unexpected(-1, beside.origin, "data", "lab.data \"name\" { … }");
  }

  void model(const Beside& beside) {
    if (!is_node(NodeKind::model))
      return reader_.report_unexpected(-1, beside.origin, "model",
                                       "lab.model { encoder = …, tasks = { … } } or a recipe");
    const int node = lua_gettop(state_);
    const Beside text = reader_.beside(node);
    reader_.push_table(node);
    const int table = lua_gettop(state_);
    each_known(table, text, "model", {"encoder", "tasks"}, [&](const std::string& key, const Beside& inside) {
      if (key == "encoder")
        base("encoder", inside);
      else if (is_plain_table(inside, "tasks"))
        tasks(inside);
    });
    for (const char* key : {"encoder", "tasks"}) {
      if (reader_.push_entry(table, key) == LUA_TNIL && !text.writes(key))
        report(text.origin, fmt::format("the model has no '{}'", key));
      lua_pop(state_, 1);
    }
    lua_settop(state_, node);
  }

  void tasks(const Beside& beside) {
    const int table = lua_gettop(state_);
    for (const std::string& name : reader_.keys(table, beside)) {
      if (!check_name(Named::task, name, beside.of_key(name))) continue;
      reader_.push_entry(table, name);
      if (is_node(NodeKind::task)) {
        base(name, beside.inside_key(name));
      } else {
        reader_.report_unexpected(-1, beside.of_key(name), name, "lab.task { … }");
        study_.base.members[name] = {.origin = beside.of_key(name), .reported = true};
      }
      lua_pop(state_, 1);
    }
  }

  void space(const Beside& beside, std::vector<std::string>& factors, std::vector<Point>& points) {
    const Node* node = node_at(state_, -1);
    if (!node || !is_space(node->kind))
      return reader_.report_unexpected(-1, beside.origin, "space",
                                       "lab.grid { … }, lab.product { … } or another space");
    const std::size_t before = reader_.host().problems().size();
    const Space space = read_space(reader_, -1);
    for (Problem& problem : check(space)) report(problem.place, problem.message);
    if (reader_.host().problems().size() > before) return;
    for (Problem& problem : repeats(space))
      reader_.host().warn(std::move(problem.place), std::move(problem.message));
    factors = host::factors(space);
    try {
      points = expand(space, [&](std::size_t bytes) { reader_.host().charge(bytes); });
      if (points.empty()) report(space.origin, "the space has no points");
    } catch (const ConditionError& error) {
      // A condition that names a path may be right, and the path beside it misspelt: the components will
      // tell.
      std::ranges::copy(error.problems(), std::back_inserter(study_.unsettled));
      points = single_values(space);
    }
  }

  // Visits the entries of `ablate` or `profiles`, the entry's table on top of the stack.
  template <typename Visit>
  void each_named(const Beside& beside, const std::string& what, Named kind, Visit visit) {
    if (!is_plain_table(beside, what)) return;
    std::set<std::string> seen;
    reader_.each_entry(lua_gettop(state_), beside, what,
                       [&](const std::string& name, const Origin& origin, const Beside& inside) {
                         check_name(kind, name, origin);
                         if (!seen.insert(printable(name)).second)
                           report(origin, fmt::format("{}: '{}' stands twice", what, name));
                         visit(name, origin, inside);
                       });
  }

  void ablations(const Beside& beside) {
    each_named(beside, "ablate", Named::ablation,
               [&](const std::string& name, const Origin& origin, const Beside& inside) {
                 study_.ablations.push_back(
                     {printable(name), origin, reader_.point(lua_gettop(state_), inside, name)});
               });
  }

  void profiles(const Beside& beside) {
    each_named(beside, "profiles", Named::profile,
               [&](const std::string& name, const Origin& origin, const Beside& inside) {
                 Profile profile{.name = name, .origin = origin};
                 const int table = lua_gettop(state_);
                 profile.point = reader_.point(table, inside, name, {"space", "seeds"});
                 if (lua_istable(state_, table)) {
                   if (reader_.push_entry(table, "space") != LUA_TNIL)
                     space(inside.inside_key("space"), profile.factors, profile.points);
                   lua_settop(state_, table);
                   if (reader_.push_entry(table, "seeds") != LUA_TNIL)
                     seeds(inside.inside_key("seeds"), profile.seeds);
                   lua_settop(state_, table);
                 }
                 study_.profiles.push_back(std::move(profile));
               });
  }

  void seeds(const Beside& beside, std::vector<std::int64_t>& read) {
    if (!lua_istable(state_, -1) || !reader_.is_list(-1))
      return reader_.report_unexpected(-1, beside.origin, "seeds",
                                       "a list of whole numbers from 0: { 1, 2, 3 }");
    const int table = lua_gettop(state_);
    std::set<std::int64_t> seen;
    const std::size_t count = reader_.items(table, beside);
    for (std::size_t i = 0; i < count; ++i) {
      lua_rawgeti(state_, table, static_cast<lua_Integer>(i) + 1);
      int whole = 0;
      const std::int64_t seed = lua_type(state_, -1) == LUA_TNUMBER ? lua_tointegerx(state_, -1, &whole) : 0;
      if (!whole || seed < 0)
        reader_.report_unexpected(-1, beside.of_item(i), "seeds", "whole numbers from 0");
      else if (!seen.insert(seed).second)
        report(beside.of_item(i), fmt::format("seeds: {} stands twice", seed));
      else
        read.push_back(seed);
      reader_.host().charge(kBytesOfSeed);
      lua_pop(state_, 1);
    }
  }

  void report_request(const Beside& beside) {
    if (!is_plain_table(beside, "report")) return;
    each_known(lua_gettop(state_), beside, "report",
               {"baseline", "metrics", "claim", "family", "margin", "effects", "names", "columns"},
               [&](const std::string& key, const Beside& inside) {
                 if (key == "baseline")
                   study_.baseline =
                       NamedPoint{"", inside.origin, reader_.point(lua_gettop(state_), inside, "baseline")};
                 else
                   read_request(reader_, key, inside, study_);
               });
  }

  Reader& reader_;
  lua_State* state_;
  Study study_;
};

}  // namespace

Study read_study(Reader& reader, int index, const std::string& script) {
  index = lua_absindex(reader.state(), index);
  const Node* node = node_at(reader.state(), index);
  if (!node || node->kind != NodeKind::study || !node->complete) {
    reader.report_unexpected(index, script, "the script", "return lab.study \"name\" { … } at its end");
    throw Error(ErrorKind::usage, std::exchange(reader.host().problems(), {}));
  }
  return StudyReader(reader).read(index, script);
}

}  // namespace spanlab::host::lua
