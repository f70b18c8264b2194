// SPDX-License-Identifier: MIT
#include "cli/arguments.hpp"

#include "cli/commands.hpp"
#include "cli/options.hpp"
#include "spanlab/error.hpp"
#include "test.hpp"

namespace spanlab::host::cli {

namespace {

struct Everything {
  std::string name;
  std::optional<std::string> file;
  bool follow = false;
  std::string model = "minilm";
  std::optional<std::string> out;
  std::vector<std::string> paths;
  int threads = 2;
  std::optional<std::int64_t> limit;
  std::string device = "cpu";
  std::int64_t size = 0;
};

void declare(Arguments& arguments, Everything& all) {
  arguments.argument("name", all.name, "a name");
  arguments.argument("file", all.file, "a file");
  arguments.flag("follow,f", all.follow, "go on");
  arguments.option("model", "NAME", all.model, "a model");
  arguments.option("out", "DIR", all.out, "a folder");
  arguments.option("path", "DIR", all.paths, "folders");
  arguments.option("threads", "N", all.threads, "threads", Range{.least = 0, .most = 8});
  arguments.option("limit", "N", all.limit, "sentences", Range{.least = 1, .what = "a number of sentences"});
  arguments.option("device", "NAME", all.device, "cpu or cuda", Choices{"cpu", "cuda"});
  arguments.option(
      "size", "SIZE", [&](const std::string& text) { all.size = parse_size(text, "--size"); }, "bytes");
}

Everything read(const std::vector<std::string>& words) {
  Everything all;
  Arguments arguments;
  declare(arguments, all);
  arguments.read(words);
  return all;
}

std::string refusal(const std::vector<std::string>& words) {
  try {
    read(words);
  } catch (const Error& error) {
    BOOST_TEST((error.kind() == ErrorKind::usage));
    return error.what();
  }
  return "";
}

}  // namespace

BOOST_AUTO_TEST_CASE(what_is_not_given_stays_as_it_was) {
  const Everything all = read({"one"});
  BOOST_TEST(all.name == "one");
  BOOST_TEST(!all.file.has_value());
  BOOST_TEST(!all.follow);
  BOOST_TEST(all.model == "minilm");
  BOOST_TEST(!all.out.has_value());
  BOOST_TEST(all.paths.empty());
  BOOST_TEST(all.threads == 2);
  BOOST_TEST(!all.limit.has_value());
}

BOOST_AUTO_TEST_CASE(what_is_given_lies_in_the_members) {
  const Everything all = read({"one", "two", "-f", "--model=m", "--out", "o", "--path", "a", "--path", "b",
                               "--threads", "0", "--limit", "3", "--device", "cuda", "--size", "2K"});
  BOOST_TEST(all.file.value() == "two");
  BOOST_TEST(all.follow);
  BOOST_TEST(all.model == "m");
  BOOST_TEST(all.out.value() == "o");
  BOOST_TEST(all.paths == (std::vector<std::string>{"a", "b"}), boost::test_tools::per_element());
  BOOST_TEST(all.threads == 0);
  BOOST_TEST(all.limit.value() == 3);
  BOOST_TEST(all.device == "cuda");
  BOOST_TEST(all.size == 2048);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_is_refused) {
  BOOST_TEST(refusal({}) == "expected NAME");
  BOOST_TEST(refusal({"a", "b", "c"}) == "more arguments than expected");
  BOOST_TEST(refusal({"a", "--modle", "m"}) == "unknown option '--modle'; did you mean '--model'?");
  BOOST_TEST(refusal({"a", "--threads", "9"}) == "--threads: expected a number from 0 to 8, got 9");
  BOOST_TEST(refusal({"a", "--limit", "0"}) == "--limit: expected a number of sentences from 1, got 0");
  BOOST_TEST(refusal({"a", "--device", "tpu"}) == "--device: expected cpu or cuda, got \"tpu\"");
  BOOST_TEST(refusal({"a", "--size", "2Q"}).starts_with("--size: expected a size such as 4G"));
  BOOST_TEST(!refusal({"a", "--threads", "many"}).empty());
  BOOST_TEST(!refusal({"a", "--model", "m", "--model", "n"}).empty());
}

BOOST_AUTO_TEST_CASE(what_help_tells_is_what_was_declared) {
  Everything all;
  Arguments arguments;
  declare(arguments, all);
  BOOST_REQUIRE_EQUAL(arguments.arguments().size(), 2u);
  BOOST_TEST(arguments.arguments()[1].name == "FILE");
  BOOST_REQUIRE_EQUAL(arguments.options().size(), 8u);
  BOOST_TEST(arguments.options()[0].letter == 'f');
  BOOST_TEST(arguments.options()[0].placeholder.empty());
  BOOST_TEST(arguments.options()[1].otherwise == "minilm");
  BOOST_TEST(arguments.options()[4].otherwise == "2");
  BOOST_TEST(arguments.options()[6].otherwise.empty());
}

BOOST_AUTO_TEST_CASE(every_command_of_the_table_can_be_declared_beside_the_common_options) {
  std::vector<std::string> names;
  for (const Command& command : all_commands()) {
    Arguments arguments;
    CommonOptions common;
    BOOST_TEST((command.bind(arguments) != nullptr));
    declare_common(arguments, common);
    for (const OptionText& option : arguments.options()) BOOST_TEST(!option.doc.empty(), command.name);
    for (const ArgumentText& argument : arguments.arguments())
      BOOST_TEST(!argument.doc.empty(), command.name);
    BOOST_TEST(!command.summary.empty(), command.name);
    BOOST_TEST(command.examples.size() == 2u, command.name);
    // The second one may be what comes next.
    BOOST_TEST(command.examples[0].find("spanlab " + command.name) != std::string::npos, command.name);
    names.push_back(command.name);
  }
  std::ranges::sort(names);
  BOOST_TEST((std::ranges::adjacent_find(names) == names.end()));
}

}  // namespace spanlab::host::cli
