// SPDX-License-Identifier: MIT
#include "app/new_study.hpp"

#include <fmt/format.h>

#include "editor/lua_types.hpp"
#include "files/files.hpp"
#include "spanlab/error.hpp"
#include "text/names.hpp"

namespace spanlab::host::app {

namespace fs = std::filesystem;

namespace {

constexpr const char* kHead =
    R"lua(-- What this study asks, what is expected of it, and what would refute that.
--
-- `spanlab plan` checks the script and shows its trials; `spanlab run` trains them and writes a report.
-- `spanlab help PATH` tells what may stand at a path, as `spanlab help entity.sampler`.
local lab = require "spanlab"
local spert = require "recipes.spert"

)lua";

constexpr const char* kBody = R"lua(
  -- The report begins with it.
  question = "Do negative spans matter for finding entities?",

  -- The data set by the name of its card, see `spanlab data list`, and its splits: what is learned from, what
  -- is scored after each epoch, and what is scored at the end.
  data = lab.data "sample" { train = "train", dev = "dev", test = "test" },

  -- An encoder, and tasks over it: this recipe makes `entity` and `relation`. Paths begin with these names.
  model = spert.model { encoder = lab.encoder "birnn" { size = 64 } },

  -- What is not given has its default: `spanlab help train`.
  train = { epochs = 4, batch = 4, lr = 1e-3 },

  -- What varies: each value of each path with each of the others. A component may be a value too.
  space = lab.grid { ["entity.sampler.negatives"] = { 5, 20, 100 } },

  -- Each entry changes the base model once and is compared with it.
  ablate = { ["no dropout"] = { ["encoder.dropout"] = 0 } },

  -- Each row is trained once with each of them; the tables show mean and deviation.
  seeds = { 1, 2, 3 },

  -- `--profile quick` has these values instead, to see that all is in place.
  profiles = { quick = { ["train.epochs"] = 1, ["data.limit"] = 20, seeds = { 1 } } },

  -- The row that others are compared with, and the scores that are shown.
  report = {
    baseline = { ["entity.sampler.negatives"] = 100 },
    metrics = { "entity.f1", "relation.strict.f1" },
  },
}
)lua";

}  // namespace

fs::path write_new_study(const NewStudyOptions& options) {
  if (std::string wrong = wrong_name(Named::study, options.name); !wrong.empty()) {
    throw Error(ErrorKind::usage, "", std::move(wrong));
  }
  const fs::path folder = options.folder ? fs::path(*options.folder) : fs::path();
  const fs::path file = folder / (options.name + ".lua");
  if (fs::exists(fs::symlink_status(file))) {
    throw Error(ErrorKind::usage, file.string(),
                "is there already, and is left alone; expected another name");
  }
  if (options.folder) make_folder(folder);
  const std::string name = editor::literal(options.name);
  replace_file(file, fmt::format("{}return lab.study {} {{{}", kHead, name, kBody), Durability::synced);
  return file;
}

}  // namespace spanlab::host::app
