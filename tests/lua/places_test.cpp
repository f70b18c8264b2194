// SPDX-License-Identifier: MIT
// What a script returns is read by functions of ours: every kind of value stands in every place of a study
// once.
#include <fstream>

#include "lua/script.hpp"
#include "spanlab/error.hpp"
#include "test.hpp"

using namespace spanlab;

namespace {

constexpr const char* kValues[] = {"nil",
                                   "true",
                                   "0",
                                   "-1",
                                   "1e999",
                                   "0/0",
                                   "math.maxinteger",
                                   "math.mininteger",
                                   "''",
                                   "'a\\0b'",
                                   "'\\xff'",
                                   "('x'):rep(1000)",
                                   "{}",
                                   "{ 3, 1, 2 }",
                                   "{ x = 1 }",
                                   "{ ['a\\0b'] = 1 }",
                                   "{ ['\\xff'] = 1 }",
                                   "{ [true] = 1 }",
                                   "{ 1, nil, 3 }",
                                   "{ [1 << 40] = 1 }",
                                   "cyclic",
                                   "deep",
                                   "twice",
                                   "function(...) return ... end",
                                   "lab",
                                   "lab.encoder",
                                   "lab.encoder 'birnn'",
                                   "lab.encoder 'birnn' {}",
                                   "lab.encoder 'b\\0' {}",
                                   "lab.encoder 'birnn' { twice }",
                                   "space",
                                   "lab.task {}",
                                   "coroutine.create(function() end)",
                                   "pairs({})",
                                   "string"};

constexpr const char* kPlaces[] = {"V",
                                   "study(V)",
                                   "study{ data = V }",
                                   "study{ model = V }",
                                   "study{ train = V }",
                                   "study{ space = V }",
                                   "study{ seeds = V }",
                                   "study{ report = V }",
                                   "study{ question = V }",
                                   "study{ report = { metrics = V } }",
                                   "study{ report = { metrics = { V } } }",
                                   "study{ report = { baseline = V } }",
                                   "study{ ablate = V }",
                                   "study{ ablate = { V } }",
                                   "study{ ablate = { a = V } }",
                                   "study{ profiles = V }",
                                   "study{ profiles = { a = V } }",
                                   "study{ profiles = { a = { space = V, seeds = V } } }",
                                   "study{ space = lab.grid(V) }",
                                   "study{ space = lab.grid{ a = V } }",
                                   "study{ space = lab.grid{ a = { V } } }",
                                   "study{ space = lab.grid{ a = { V, V } } }",
                                   "study{ space = lab.zip(V) }",
                                   "study{ space = lab.zip{ a = { V }, b = { 1 } } }",
                                   "study{ space = lab.product{ V } }",
                                   "study{ space = lab.union{ V, space } }",
                                   "study{ space = lab.variants 'v' (V) }",
                                   "study{ space = lab.variants(V) }",
                                   "study{ space = lab.variants 'v' { a = V } }",
                                   "study{ space = space:where(function(p) return p[V] end) }",
                                   "study{ space = space:where(function(p) p[V] = V; return p(V) end) }",
                                   "study{ space = space:where(function() return V end) }",
                                   "study{ space = space:where(V) }",
                                   "study{ space = space:when(V) }",
                                   "study{ space = space:when { ['train.epochs'] = V } }",
                                   "study{ space = space:sample(V, V) }",
                                   "study{ train = { epochs = V } }",
                                   "study{ train = { V } }",
                                   "study{ model = lab.model(V) }",
                                   "study{ model = lab.model{ encoder = V, tasks = V } }",
                                   "study{ model = lab.model{ tasks = { a = V } } }",
                                   "study{ model = lab.model{ tasks = { a = lab.task(V) } } }",
                                   "study{ [V] = V }",
                                   "lab.options(V, V)",
                                   "lab.study(V)(V)",
                                   "study(V)(V)"};

std::string script(const std::string& place, const std::string& value) {
  return "local lab = require 'spanlab'\n"
         "local cyclic = { 1 }; cyclic[2] = cyclic; cyclic.self = cyclic\n"
         "local deep = {}; for i = 1, 300 do deep = { deep } end\n"
         "local twice = {}; for i = 1, 30 do twice = { a = twice, b = twice } end\n"  // 2^30 tables, were
                                                                                      // they read one by one
         "local space = lab.grid { ['train.epochs'] = { 1, 2 } }\n"
         "local function study(parts) return lab.study 's' (parts) end\n"
         "local V = " +
         value + "\nreturn " + place + "\n";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(places)

BOOST_AUTO_TEST_CASE(every_kind_of_value_in_every_place_is_read_or_refused) {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "study.lua";
  ScriptLimits limits;
  limits.memory = std::size_t{32} << 20;
  for (const char* place : kPlaces) {
    for (const char* value : kValues) {
      std::ofstream(file) << script(place, value);
      try {
        load_study(file, {}, limits);
      } catch (const Error& error) {
        if (error.kind() != ErrorKind::usage)
          BOOST_ERROR(place << " with V = " << value << ": " << error.what());
      } catch (const std::exception& error) {
        BOOST_ERROR(place << " with V = " << value << ": " << error.what());
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
