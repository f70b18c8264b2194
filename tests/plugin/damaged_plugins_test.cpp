// SPDX-License-Identifier: MIT
// What is no plugin, or a damaged one, is refused before the loader sees it.
#include <sys/resource.h>
#include <sys/stat.h>

#include <optional>
#include <random>

#include "files/files.hpp"
#include "made_plugins.hpp"
#include "plugin/record.hpp"

using namespace spanlab;
using namespace spanlab::host;
using namespace spanlab::test;

BOOST_FIXTURE_TEST_SUITE(damaged_plugins, PluginFolder)

BOOST_AUTO_TEST_CASE(what_is_no_plugin_is_refused_unread) {
  const std::string original = read_file(made("subject"));
  check_refused_unread(*this / "missing.so", "does not exist");
  write(*this / "empty.so", "");
  check_refused_unread(*this / "empty.so", "empty: not a shared library");
  write(*this / "text.so", "GROUP ( libspanlab.so )\n");
  check_refused_unread(*this / "text.so", "not an ELF file");
  for (const double part : {0.0001, 0.001, 0.2, 0.5, 0.9, 0.999}) {
    write(*this / "part.so",
          original.substr(0, static_cast<std::size_t>(part * static_cast<double>(original.size()))));
    check_refused_unread(*this / "part.so", "truncated: ");
  }
  std::string other = original;
  other[18] = static_cast<char>(0xF3);  // e_machine
  write(*this / "risc.so", other);
  check_refused_unread(*this / "risc.so", "made for another machine: the plugin has RISC-V");
  other = original;
  other[4] = 1;  // 32 bit
  write(*this / "small.so", other);
  check_refused_unread(*this / "small.so", "made for another machine");
  check_refused_unread(made("stranger"), "holds no record of a Spanlab plugin (section .spanlab)");
}

// What is refused is refused before the loader sees it, which would crash on some of these; what is not is
// the same plugin.
BOOST_AUTO_TEST_CASE(a_damaged_byte_is_found_before_any_code_runs) {
  const std::string original = read_file(made("subject"));
  const std::string identity = load(made("subject")).identity(ComponentKind::loss, "scaled");
  std::vector<std::size_t> places;
  for (std::size_t at = 0; at < 64 + 56 * 12; at += 3)
    places.push_back(at);  // the header and the table of segments
  std::mt19937 numbers(7);
  for (int i = 0; i < 150; ++i) places.push_back(numbers() % original.size());
  int refused = 0;
  for (std::size_t i = 0; i < places.size(); ++i) {
    std::string damaged = original;
    damaged[places[i]] = static_cast<char>(damaged[places[i]] ^ (1 << (numbers() % 8)));
    const fs::path file = *this / (std::to_string(i) + ".so");
    write(file, damaged);
    try {
      BOOST_TEST(load(file).identity(ComponentKind::loss, "scaled") == identity, "byte " << places[i]);
    } catch (const Error& error) {
      BOOST_TEST((error.kind() == ErrorKind::plugin));
      BOOST_TEST(std::string(error.what()).find(file.string()) != std::string::npos, error.what());
      BOOST_TEST(!code_has_run(), "byte " << places[i]);
      ++refused;
    }
  }
  BOOST_TEST(refused > 200);
}

BOOST_AUTO_TEST_CASE(other_damage_is_found_too) {
  const std::string original = read_file(made("subject"));
  write(*this / "longer.so", original + "garbage");
  check_refused_unread(*this / "longer.so", "damaged: 7 bytes stand after its end");
  for (std::size_t block = 0; block + 512 <= original.size(); block += 512) {
    std::string zeros = original;
    zeros.replace(block, 512, 512, '\0');
    write(*this / ("zeros" + std::to_string(block) + ".so"), zeros);
    try {
      load(*this / ("zeros" + std::to_string(block) + ".so"));  // no part that is loaded
    } catch (const Error&) {
      BOOST_TEST(!code_has_run(), "block " << block);
    }
  }
  check_refused_unread(made("unsealed"), "holds no checksum: build it with spanlab_add_plugin()");
  fs::copy_file(made("unsealed"), *this / "now_sealed.so");
  seal_plugin(*this / "now_sealed.so");
  BOOST_TEST(load(*this / "now_sealed.so").contains(ComponentKind::loss, "scaled"));
  BOOST_CHECK_EXCEPTION(seal_plugin(made("stranger")), Error,
                        [](const Error& error) { return error.kind() == ErrorKind::plugin; });
}

BOOST_AUTO_TEST_CASE(what_is_no_file_is_refused_without_waiting) {
  fs::create_directory(*this / "all");
  BOOST_REQUIRE(mkfifo((*this / "all/pipe.so").c_str(), 0600) == 0);
  fs::create_symlink("nowhere", *this / "all/dangling.so");
  fs::create_symlink("/dev/zero", *this / "all/device.so");
  fs::create_directory(*this / "all/folder.so");
  Registry registry;
  registry.load(std::vector{*this / "all"});
  std::map<std::string, std::string> refusals;
  for (const PluginFile& file : registry.files()) refusals[file.file.filename()] = file.refusal;
  const std::map<std::string, std::string> expected{{"dangling.so", "does not exist"},
                                                    {"device.so", "is a device, expected a file"},
                                                    {"folder.so", "is a folder, expected a file"},
                                                    {"pipe.so", "is a named pipe, expected a file"}};
  BOOST_TEST((refusals == expected));
}

// Every call that opens a file may be the one that finds no descriptor left.
BOOST_AUTO_TEST_CASE(want_of_descriptors_is_the_environments) {
  rlimit before{};
  getrlimit(RLIMIT_NOFILE, &before);
  fs::copy_file(made("subject"), *this / "subject.so");
  int environment = 0;
  for (rlim_t most = 3; most < 40; ++most) {
    const rlimit few{most, before.rlim_max};
    setrlimit(RLIMIT_NOFILE, &few);
    std::optional<ErrorKind> kind;
    try {
      Registry registry;
      registry.load(std::vector{*this / "subject.so"});
    } catch (const Error& error) {
      kind = error.kind();
    }
    setrlimit(RLIMIT_NOFILE, &before);
    BOOST_TEST((!kind || *kind == ErrorKind::environment), "with " << most << " descriptors");
    environment += kind.has_value();
  }
  BOOST_TEST(environment > 0);
}

BOOST_AUTO_TEST_SUITE_END()
