// SPDX-License-Identifier: MIT
#include "cli/options.hpp"

#include <unistd.h>

#include <charconv>
#include <chrono>
#include <cstdlib>
#include <set>

#include "spanlab/error.hpp"

namespace spanlab::host::cli {

namespace {

bool color_wanted(const std::string& mode, int descriptor) {
  if (mode == "always") return true;
  if (mode == "never") return false;
  const char* no_color = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  return isatty(descriptor) && !(no_color && *no_color) &&
         !(terminal && std::string_view(terminal) == "dumb");
}

std::int64_t seed(const std::string& text, const std::string& whole) {
  std::int64_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size() || value < 0) {
    throw Error(ErrorKind::usage, "--seeds",
                fmt::format("expected whole numbers from 0 and ranges such as 1,2,5..9, got \"{}\" in \"{}\"",
                            text, whole));
  }
  return value;
}

std::int64_t parse_memory(const std::string& text) {
  const std::int64_t memory = parse_size(text, "--memory");
  if (memory < app::kLeastMemory) {
    throw Error(
        ErrorKind::usage, "--memory",
        fmt::format("expected at least {} MiB for each trial, got {}", app::kLeastMemory >> 20, text));
  }
  return memory;
}

}  // namespace

void declare_common(Arguments& arguments, CommonOptions& options) {
  arguments.option(
      "runs", "DIR", [&](const std::string& text) { options.places.runs = text; },
      "the run store (default: runs)");
  arguments.option_takes(Takes::folder);
  arguments.option("data-path", "DIR", options.places.data_path,
                   "look for data sets and pretrained encoders here first, those of your own too "
                   "(docs/data.md); may be repeated");
  arguments.option_takes(Takes::folder);
  arguments.option("plugin-path", "PATH", options.places.plugin_path,
                   "load plugins from this folder or file first; may be repeated");
  arguments.option_takes(Takes::file);
  arguments.flag("json", options.json, "print data as JSON");
  arguments.flag("quiet", options.quiet, "print no progress, only data and errors");
  arguments.option("color", "WHEN", options.color, "auto (default), always or never; NO_COLOR is respected",
                   Choices{"auto", "always", "never"});
  arguments.flag("help", options.help, "print this text");
}

void apply_common(const CommonOptions& options, Context& context) {
  const std::filesystem::path program = std::move(context.places.program);
  context.places = options.places;
  context.places.program = program;
  context.json = options.json;
  context.quiet = options.quiet;
  context.color = color_wanted(options.color, STDOUT_FILENO);
  context.err_color = color_wanted(options.color, STDERR_FILENO);
}

void declare_format(Arguments& arguments, std::string& given) {
  arguments.option("format", "FORMAT", given, "text (default), markdown or json, which --json means too",
                   Choices{"text", "markdown", "json"});
}

Format format_of(const std::string& given, const Context& context) {
  if (context.json || given == "json") return Format::json;
  return given == "markdown" ? Format::markdown : Format::text;
}

void declare_script(Arguments& arguments, app::ScriptOptions& options) {
  Overrides& overrides = options.overrides;
  arguments.argument("study", options.study, "the study's script");
  arguments.argument_takes(Takes::script);
  arguments.option("set", "PATH=VALUE", overrides.set,
                   "set a value of the base configuration, as train.epochs=5; may be repeated");
  arguments.option_takes(Takes::change);
  arguments.option("profile", "NAME", overrides.profile, "apply these named overrides of the study");
  arguments.option_takes(Takes::profile);
  arguments.option(
      "seeds", "LIST", [&](const std::string& text) { overrides.seeds = parse_seeds(text); },
      "use these seeds instead of the study's, as 1,2,5..9");
  arguments.option("limit", "N", overrides.limit, "use the first N sentences of each split",
                   Range{.least = 1, .what = "a number of sentences"});
  arguments.option("device", "NAME", overrides.device, "cpu (default) or cuda", Choices{"cpu", "cuda"});
}

void declare_launch(Arguments& arguments, app::LaunchOptions& options) {
  arguments.option(
      "jobs", "N", options.jobs,
      "trials at a time (default: cores or trials, whichever is fewer; the cores are shared out)",
      Range{.least = 1, .most = app::kMostJobs});
  arguments.option(
      "memory", "SIZE", [&](const std::string& text) { options.memory = parse_memory(text); },
      "limit of each trial's address space, as 6G; a trial beyond it fails");
  arguments.option(
      "stuck", "DURATION", [&](const std::string& text) { options.stuck = parse_duration(text, "--stuck"); },
      "end a trial as hanging that makes no progress for that long, as 90s, 10m (default) or 2h; a finished "
      "step is progress, and so is every call of a component that returns, also while it is evaluated");
}

std::vector<std::int64_t> parse_seeds(const std::string& text) {
  std::vector<std::int64_t> seeds;
  std::set<std::int64_t> seen;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    std::size_t end = std::min(text.find(',', begin), text.size());
    std::string part = text.substr(begin, end - begin);
    std::size_t dots = part.find("..");
    std::int64_t first = seed(part.substr(0, dots), text);
    std::int64_t last = dots == std::string::npos ? first : seed(part.substr(dots + 2), text);
    const auto most = static_cast<std::int64_t>(kMostTrials) - std::ssize(seeds);
    if (last < first || last - first >= most) {
      throw Error(
          ErrorKind::usage, "--seeds",
          fmt::format("expected a rising range, and at most {} seeds in all, got \"{}\"", kMostTrials, part));
    }
    // By its length: the last one may be the largest number there is.
    for (std::int64_t i = 0; i <= last - first; ++i) {
      const std::int64_t value = first + i;
      if (!seen.insert(value).second) {
        throw Error(ErrorKind::usage, "--seeds", fmt::format("seed {} is given twice", value));
      }
      seeds.push_back(value);
    }
    begin = end + 1;
  }
  return seeds;
}

std::int64_t parse_size(const std::string& text, const std::string& option) {
  std::int64_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  std::string_view unit = std::string_view(text).substr(static_cast<std::size_t>(end - text.data()));
  int shift = unit == "K" ? 10 : unit == "M" ? 20 : unit == "G" ? 30 : unit.empty() ? 0 : -1;
  if (error != std::errc() || shift < 0 || value < 1 || value > (std::int64_t{1} << 62) >> shift) {
    throw Error(ErrorKind::usage, option,
                fmt::format("expected a size such as 4G, 512M or a number of bytes, got \"{}\"", text));
  }
  return value << shift;
}

std::chrono::seconds parse_duration(const std::string& text, const std::string& option) {
  constexpr std::int64_t kYear = 365 * 24 * 3600;
  std::int64_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const std::string_view unit = std::string_view(text).substr(static_cast<std::size_t>(end - text.data()));
  const std::int64_t factor = unit == "s" ? 1 : unit == "m" ? 60 : unit == "h" ? 3600 : 0;
  if (error != std::errc() || factor == 0 || value < 1 || value > kYear / factor) {
    throw Error(ErrorKind::usage, option,
                fmt::format("expected a duration such as 90s, 10m or 2h, at most a year, got \"{}\"", text));
  }
  return std::chrono::seconds(value * factor);
}

}  // namespace spanlab::host::cli
