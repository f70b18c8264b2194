// SPDX-License-Identifier: MIT
#include "plugin/registry.hpp"

#include <sys/resource.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <optional>
#include <random>
#include <sstream>

#include "files/files.hpp"
#include "plugin/record.hpp"
#include "spanlab/error.hpp"
#include "spanlab/loss.hpp"
#include "spanlab/plugin.hpp"
#include "test.hpp"

using namespace spanlab;
namespace fs = std::filesystem;

namespace {

// The plugins of made/, beside this program's folder in the build.
fs::path made(const std::string& name) {
  return fs::read_symlink("/proc/self/exe").parent_path().parent_path() / "tests/plugins" / (name + ".so");
}

void write(const fs::path& file, std::string_view bytes) { std::ofstream(file, std::ios::binary) << bytes; }

bool code_has_run() { return std::getenv("SPANLAB_TEST_MARK") != nullptr; }

// Loads a plugin that is named, with no mark left by an earlier one.
Registry load(const fs::path& file) {
  unsetenv("SPANLAB_TEST_MARK");
  Registry registry;
  registry.load(std::vector{file});
  return registry;
}

std::string refusal(const fs::path& file) {
  try {
    load(file);
  } catch (const Error& error) {
    BOOST_TEST((error.kind() == ErrorKind::plugin));
    BOOST_TEST(std::string(error.what()).starts_with(file.string()));
    return error.what();
  }
  BOOST_ERROR(file << " was not refused");
  return {};
}

void check_refused_unread(const fs::path& file, std::string_view reason) {
  const std::string text = refusal(file);
  BOOST_TEST(text.find(reason) != text.npos, text << " does not say: " << reason);
  BOOST_TEST(!code_has_run());
}

}  // namespace

struct Folder {
  test::TemporaryFolder temporary;
  fs::path operator/(const std::string& name) const { return temporary.path() / name; }
};

BOOST_FIXTURE_TEST_SUITE(registry, Folder)

BOOST_AUTO_TEST_CASE(a_plugin_is_loaded_and_its_component_made) {
  // A copy: the loader runs constructors once per file, and other cases load the original.
  fs::copy_file(made("subject"), *this / "subject.so");
  const Registry registry = load(*this / "subject.so");
  BOOST_TEST(code_has_run());
  BOOST_TEST(registry.ids(ComponentKind::loss) == std::vector<std::string>{"scaled"},
             boost::test_tools::per_element());
  const ComponentInfo& info = registry.info(ComponentKind::loss, "scaled");
  BOOST_TEST(info.summary == "scaled squares");
  BOOST_TEST(info.schema.names() == (std::vector<std::string>{"factor", "sum_weight"}),
             boost::test_tools::per_element());
  BOOST_TEST(Parameters(info.schema, {}).number("sum_weight") == 1);
  const PluginFile& file = registry.plugin_of(ComponentKind::loss, "scaled");
  BOOST_TEST(file.name == "subject");
  BOOST_TEST(file.version == "1.2");
  BOOST_TEST(file.author == "T. Ester");
  BOOST_TEST(file.refusal == "");
  BOOST_TEST(registry.identity(ComponentKind::loss, "scaled") == file.segments_hash);
  const auto loss = registry.loss("scaled", Parameters(info.schema, {{"factor", 3.0}}), {});
  const at::Tensor scores = at::ones({2, 2}), targets = at::zeros({2, 2});
  const LossValues values = loss->forward({scores, targets, targets, at::Tensor(), {}, {}});
  BOOST_TEST(values.values[1].item<float>() == 6.0f);
}

BOOST_AUTO_TEST_CASE(what_a_factory_throws_names_the_component) {
  const Registry registry = load(made("subject"));
  const Parameters unlucky(registry.info(ComponentKind::loss, "scaled").schema, {{"factor", 13.0}});
  try {
    registry.loss("scaled", unlucky, {});
    BOOST_ERROR("no error");
  } catch (const Error& error) {
    BOOST_TEST((error.kind() == ErrorKind::plugin));
    BOOST_TEST(std::string(error.what()) == "loss/scaled: thirteen brings bad luck");
  }
}

BOOST_AUTO_TEST_CASE(a_changed_field_is_named_before_any_code_runs) {
  const std::string original = read_file(made("subject"));
  int fields = 0;
  const BuildRecord host = BuildRecord::host();
  for (const auto& [field, value] : host.fields()) {
    if (field == "name" || field == "version" || field == "author" || field == "checksum") continue;
    const std::size_t at = original.find("\n" + field + "=" + value + "\n");
    BOOST_REQUIRE_MESSAGE(at != original.npos, field << " does not stand in the record");
    std::string changed = original;
    char& digit = changed[at + field.size() + 2];
    digit = digit == '9' ? '8' : '9';
    const fs::path file = *this / (std::to_string(++fields) + ".so");
    write(file, changed);
    const std::string other = changed.substr(at + field.size() + 2, value.size());
    check_refused_unread(file, field + ": the plugin has " + other + ", this program " + value + "; ");
  }
  BOOST_TEST(fields == 13);
}

BOOST_AUTO_TEST_CASE(every_differing_field_is_named) {
  std::string changed = read_file(made("subject"));
  for (std::string_view field : {"\nC++11 ABI=1", "\nplugin API=1"})
    changed.at(changed.find(field) + field.size() - 1) = '0';
  write(*this / "old.so", changed);
  const std::string text = refusal(*this / "old.so");
  BOOST_TEST(
      text.find("C++11 ABI: the plugin has 0, this program 1; build it with -D_GLIBCXX_USE_CXX11_ABI=1") !=
          text.npos,
      text);
  BOOST_TEST(text.find("plugin API: the plugin has 0, this program 1; ") != text.npos, text);
}

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

BOOST_AUTO_TEST_CASE(a_failed_registration_leaves_nothing) {
  BOOST_TEST(refusal(made("throws")).find("its registration failed: no licence for this machine") !=
             std::string::npos);
  BOOST_TEST(
      refusal(made("throws_number")).find("its registration failed with an exception of an unknown type") !=
      std::string::npos);
  BOOST_TEST(refusal(made("twice")).find("its registration failed: loss/scaled is registered twice") !=
             std::string::npos);
  BOOST_TEST(refusal(made("sum_weight"))
                 .find("its registration failed: loss/half declares `sum_weight`, which every loss has") !=
             std::string::npos);
  fs::create_directory(*this / "folder");
  fs::copy_file(made("throws"), *this / "folder/throws.so");
  Registry registry;
  registry.load(std::vector{*this / "folder"});
  BOOST_TEST(registry.ids(ComponentKind::loss).empty());
}

BOOST_AUTO_TEST_CASE(an_id_of_two_plugins_names_both_files) {
  fs::create_directories(*this / "a");
  fs::create_directories(*this / "b");
  fs::copy_file(made("subject"), *this / "a/one.so");
  fs::copy_file(made("subject"), *this / "b/two.so");
  Registry registry;
  try {
    registry.load(std::vector{*this / "a", *this / "b"});
    BOOST_ERROR("no error");
  } catch (const Error& error) {
    BOOST_TEST(std::string(error.what()) ==
               (*this / "b/two.so").string() + ": loss/scaled is registered by " +
                   (*this / "a/one.so").string() + " already; remove one of the two files");
  }
  BOOST_TEST(registry.plugin_of(ComponentKind::loss, "scaled").file == *this / "a/one.so");
}

BOOST_AUTO_TEST_CASE(a_file_reached_twice_is_loaded_once) {
  fs::create_directories(*this / "a");
  fs::copy_file(made("subject"), *this / "a/one.so");
  fs::create_symlink(*this / "a/one.so", *this / "a/link.so");
  Registry registry;
  registry.load(std::vector{*this / "a", *this / "a/one.so", *this / "no folder"});
  BOOST_TEST(registry.files().size() == 1);
}

BOOST_AUTO_TEST_CASE(refused_files_of_a_folder_are_listed) {
  write(*this / "junk.so", "junk");
  write(*this / "notes.txt", "not looked at");
  fs::copy_file(made("subject"), *this / "zebra.so");
  Registry registry;
  registry.load(std::vector{temporary.path()});
  BOOST_REQUIRE(registry.files().size() == 2);
  BOOST_TEST(registry.files()[0].file == *this / "junk.so");
  BOOST_TEST(registry.files()[0].refusal == "not an ELF file, so not a shared library");
  BOOST_TEST(registry.contains(ComponentKind::loss, "scaled"));
  try {
    registry.info(ComponentKind::loss, "junk");
    BOOST_ERROR("no error");
  } catch (const Error& error) {
    BOOST_TEST((error.kind() == ErrorKind::plugin));
    BOOST_TEST(std::string(error.what())
                   .find("loss/junk is not known because its plugin was refused: not an ELF file") !=
               std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(an_unknown_id_gives_the_nearest) {
  const Registry registry = load(made("subject"));
  try {
    registry.info(ComponentKind::loss, "scaeld");
    BOOST_ERROR("no error");
  } catch (const Error& error) {
    BOOST_TEST((error.kind() == ErrorKind::usage));
    BOOST_TEST(std::string(error.what()).starts_with("unknown loss 'scaeld'; did you mean 'scaled'?"),
               error.what());
  }
  BOOST_CHECK_THROW(component_kind("los"), Error);
  BOOST_TEST((component_kind("labeler") == ComponentKind::labeler));
}

BOOST_AUTO_TEST_CASE(debug_information_and_strip_leave_the_identity) {
  const auto identity = [](const fs::path& file) {
    return load(file).identity(ComponentKind::loss, "scaled");
  };
  const std::string plain = identity(made("subject"));
  BOOST_TEST(plain.size() == 64);
  BOOST_TEST(read_file(made("subject_debug")).size() > 2 * read_file(made("subject")).size());
  BOOST_TEST(identity(made("subject_debug")) == plain);
  fs::copy_file(made("subject_debug"), *this / "stripped.so");
  BOOST_REQUIRE(std::system(("strip '" + (*this / "stripped.so").string() + "'").c_str()) == 0);
  BOOST_TEST(read_file(*this / "stripped.so").size() < read_file(made("subject")).size());
  BOOST_TEST(identity(*this / "stripped.so") == plain);

  std::string edited = read_file(made("subject"));
  const std::size_t version = edited.find("version=1.2");
  BOOST_REQUIRE(version != edited.npos);
  edited[version + 10] = '3';
  write(*this / "edited.so", edited);
  check_refused_unread(*this / "edited.so", "damaged: its code is not what was built");
  seal_plugin(*this / "edited.so");
  BOOST_TEST(identity(*this / "edited.so") != plain);
}

BOOST_AUTO_TEST_CASE(folders_are_searched_in_order) {
  setenv("SPANLAB_PLUGIN_PATH", "/first::/second", 1);
  setenv("XDG_DATA_HOME", "/users/me/data", 1);
  const std::string given = temporary.path().string();
  const std::vector<fs::path> folders = plugin_folders(std::vector{given});
  unsetenv("SPANLAB_PLUGIN_PATH");
  BOOST_REQUIRE(folders.size() == 5);
  BOOST_TEST(folders[0] == given);
  BOOST_TEST(folders[1] == "/first");
  BOOST_TEST(folders[2] == "/second");
  BOOST_TEST(folders[3] == "/users/me/data/spanlab/plugins");
  BOOST_TEST(folders[4].string().ends_with("lib/spanlab/plugins"));
  BOOST_CHECK_THROW(plugin_folders(std::vector<std::string>{given + "/absent"}), Error);
}

BOOST_AUTO_TEST_SUITE_END()
