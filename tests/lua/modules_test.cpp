// SPDX-License-Identifier: MIT
// What editors are told of Lua modules, by running them once.
#include "lua/modules.hpp"

#include <algorithm>
#include <fstream>

#include "test.hpp"

using namespace spanlab;

namespace {

void write(const test::TemporaryFolder& folder, const std::string& name, const char* text) {
  const std::filesystem::path file = folder.path() / name;
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file) << text;
}

const char* const kRecipe = R"(-- SPDX-License-Identifier: MIT
-- Models of a kind.
-- They are small.
local lab = require "spanlab"
local mine = {}

-- A model, with few
-- parameters.
function mine.model(given)
  local chosen = lab.options(given, {
    size = 3,  -- states
    -- how deep
    depth = 0,
  })
  return lab.model { encoder = lab.encoder "birnn" { size = chosen.size }, tasks = { one = lab.task {
    loss = { classify = lab.loss "bce" {} } } } }
end

function mine.of_view(name) return { [name .. "_entity.weight"] = 0 } end

function mine.never() error "no" end

-- Rates to try.
mine.rates = { 0.1, 0.2 }

return mine
)";

const ModuleEntry& entry(const ModuleText& module, const std::string& name) {
  const auto found = std::ranges::find(module.entries, name, &ModuleEntry::name);
  BOOST_REQUIRE(found != module.entries.end());
  return *found;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(modules)

BOOST_AUTO_TEST_CASE(a_module_is_described_by_running_it) {
  const test::TemporaryFolder folder;
  write(folder, "recipes/mine.lua", kRecipe);
  std::vector<Problem> problems;
  const std::vector<ModuleText> all = describe_modules(folder.path(), problems);
  BOOST_REQUIRE_EQUAL(all.size(), 1);
  BOOST_TEST(problems.empty());
  BOOST_TEST(all[0].name == "recipes.mine");
  BOOST_TEST(all[0].doc == "Models of a kind. They are small.");

  const ModuleEntry& model = entry(all[0], "model");
  BOOST_TEST(model.doc == "A model, with few parameters.");
  BOOST_TEST(model.function->parameters == std::vector<std::string>{"given"});
  BOOST_TEST(model.function->options->at("size").text == "3");
  BOOST_TEST(model.function->result->type == "model");
  BOOST_TEST(model.function->result->members.at("tasks").members.at("one").type == "task");
  BOOST_TEST(all[0].option_docs.at("size") == "states");
  BOOST_TEST(all[0].option_docs.at("depth") == "how deep");

  // Called with a text where a table tells nothing.
  BOOST_TEST(entry(all[0], "of_view").function->result->members.contains("x_entity.weight"));
  BOOST_TEST(!entry(all[0], "never").function->result);
  BOOST_TEST(entry(all[0], "rates").doc == "Rates to try.");
  BOOST_TEST(entry(all[0], "rates").value.items[0].type == "number");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_run_is_told_and_left_out) {
  const test::TemporaryFolder folder;
  write(folder, "broken.lua", "return {");
  write(folder, "fails.lua", "return nothing.here");
  write(folder, "good.lua", "return { f = function() while true do end end, g = 1 }");
  std::vector<Problem> problems;
  const std::vector<ModuleText> all = describe_modules(folder.path(), problems);
  BOOST_REQUIRE_EQUAL(all.size(), 1);
  BOOST_TEST(all[0].name == "good");
  BOOST_TEST(!entry(all[0], "f").function->result);
  BOOST_REQUIRE_EQUAL(problems.size(), 2);
  BOOST_TEST(problems[0].place == "broken.lua:1");
  BOOST_TEST(problems[1].place == "fails.lua:1");
}

BOOST_AUTO_TEST_CASE(a_folder_that_is_not_there_has_none) {
  std::vector<Problem> problems;
  BOOST_TEST(describe_modules("no/such/folder", problems).empty());
  BOOST_TEST(problems.empty());
}

BOOST_AUTO_TEST_SUITE_END()
