// SPDX-License-Identifier: MIT
#include "cli/options.hpp"

#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <set>

#include "spanlab/error.hpp"

namespace spanlab::cli {

namespace po = boost::program_options;

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

}  // namespace

po::options_description common_options() {
  po::options_description options;
  auto add = options.add_options();
  add("runs", po::value<std::string>()->value_name("DIR"), "the run store (default: runs)");
  add("data-path", po::value<std::vector<std::string>>()->value_name("DIR")->composing(),
      "look for data sets and pretrained encoders here first, those of your own too (docs/data.md); may be "
      "repeated");
  add("plugin-path", po::value<std::vector<std::string>>()->value_name("PATH")->composing(),
      "load plugins from this folder or file first; may be repeated");
  add("json", po::bool_switch(), "print data as JSON");
  add("quiet", po::bool_switch(), "print no progress, only data and errors");
  add("color", po::value<std::string>()->value_name("WHEN"),
      "auto (default), always or never; NO_COLOR is respected");
  add("help", po::bool_switch(), "print this text");
  return options;
}

void apply_common_options(const po::variables_map& options, Context& context) {
  if (options.count("runs")) context.runs = options["runs"].as<std::string>();
  if (options.count("data-path")) context.data_path = options["data-path"].as<std::vector<std::string>>();
  if (options.count("plugin-path"))
    context.plugin_path = options["plugin-path"].as<std::vector<std::string>>();
  context.json = options["json"].as<bool>();
  context.quiet = options["quiet"].as<bool>();
  std::string mode = options.count("color") ? options["color"].as<std::string>() : "auto";
  if (mode != "auto" && mode != "always" && mode != "never") {
    throw Error(ErrorKind::usage, "--color", fmt::format("expected auto, always or never, got \"{}\"", mode));
  }
  context.color = color_wanted(mode, STDOUT_FILENO);
  context.err_color = color_wanted(mode, STDERR_FILENO);
}

void declare_study_options(po::options_description& options) {
  auto add = options.add_options();
  add("set", po::value<std::vector<std::string>>()->value_name("PATH=VALUE")->composing(),
      "set a value of the base configuration, as train.epochs=5; may be repeated");
  add("profile", po::value<std::string>()->value_name("NAME"), "apply these named overrides of the study");
  add("seeds", po::value<std::string>()->value_name("LIST"),
      "use these seeds instead of the study's, as 1,2,5..9");
  add("limit", po::value<std::int64_t>()->value_name("N"), "use the first N sentences of each split");
  add("device", po::value<std::string>()->value_name("NAME"), "cpu (default) or cuda");
}

Overrides study_options(const po::variables_map& options) {
  Overrides study;
  if (options.count("set")) study.set = options["set"].as<std::vector<std::string>>();
  if (options.count("profile")) study.profile = options["profile"].as<std::string>();
  if (options.count("seeds")) study.seeds = parse_seeds(options["seeds"].as<std::string>());
  if (options.count("limit")) study.limit = options["limit"].as<std::int64_t>();
  if (options.count("device")) study.device = options["device"].as<std::string>();
  if (study.limit && *study.limit < 1) {
    throw Error(ErrorKind::usage, "--limit",
                fmt::format("expected a number of sentences from 1, got {}", *study.limit));
  }
  if (study.device != "cpu" && study.device != "cuda") {
    throw Error(ErrorKind::usage, "--device", fmt::format("expected cpu or cuda, got \"{}\"", study.device));
  }
  return study;
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
      if (!seen.insert(value).second)
        throw Error(ErrorKind::usage, "--seeds", fmt::format("seed {} is given twice", value));
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

std::string argument(const po::variables_map& options, const std::string& name) {
  if (options.count(name)) return options[name].as<std::string>();
  std::string upper = name;
  for (char& c : upper) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  throw Error(ErrorKind::usage, "", "expected " + upper);
}

}  // namespace spanlab::cli
