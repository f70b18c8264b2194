// SPDX-License-Identifier: MIT
#include "plugin/registry.hpp"

#include <map>
#include <sstream>

#include "files/files.hpp"
#include "made_plugins.hpp"
#include "plugin/record.hpp"
#include "spanlab/loss.hpp"
#include "spanlab/plugin.hpp"

using namespace spanlab;
using namespace spanlab::host;
using namespace spanlab::test;

BOOST_FIXTURE_TEST_SUITE(registry, PluginFolder)

BOOST_AUTO_TEST_CASE(a_plugin_is_loaded_and_its_component_made) {
  // A copy: the loader runs constructors once per file, and other cases load the original.
  fs::copy_file(made("subject"), *this / "subject.so");
  const Registry registry = load(*this / "subject.so");
  BOOST_TEST(code_has_run());
  BOOST_TEST(registry.ids(ComponentKind::loss) == std::vector<std::string>{"scaled"},
             boost::test_tools::per_element());
  const ComponentInfo& info = registry.info(ComponentKind::loss, "scaled");
  BOOST_TEST(info.summary == "scaled squares of all differences");
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

BOOST_AUTO_TEST_CASE(plugins_whose_classes_have_one_name_do_not_clash) {
  Registry registry;
  registry.load(std::vector<fs::path>{made("twin_1"), made("twin_2")});
  const auto value = [&](const char* id) {
    const Parameters none(registry.info(ComponentKind::loss, id).schema, {});
    const at::Tensor scores = at::ones({1, 2});
    return registry.loss(id, none, {})->forward({scores, scores, scores, at::Tensor(), {}, {}});
  };
  BOOST_TEST(value("first").values.item<float>() == 111001);
  BOOST_TEST(value("second").values.item<float>() == 222001);
  BOOST_TEST(value("first").values.item<float>() == 111002);
}

BOOST_AUTO_TEST_CASE(what_a_factory_throws_names_the_component) {
  const Registry registry = load(made("subject"));
  const Parameters unlucky(registry.info(ComponentKind::loss, "scaled").schema, {{"factor", 13.0}});
  try {
    registry.loss("scaled", unlucky, {});
    BOOST_ERROR("no error");
  } catch (const Error& error) {
    BOOST_TEST((error.kind() == ErrorKind::plugin));
    BOOST_TEST(error.what() ==
               "loss/scaled of " + made("subject").string() + ", factory: thirteen brings bad luck");
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

  const auto edited = [&](const std::string& old, const std::string& text) {
    std::string bytes = read_file(made("subject"));
    const std::size_t place = bytes.find(old);
    BOOST_REQUIRE(place != bytes.npos);
    const fs::path file = *this / (text + ".so");
    write(file, bytes.replace(place, text.size(), text));
    check_refused_unread(file, "damaged: its code is not what was built");
    seal_plugin(file);
    return identity(file);
  };
  BOOST_TEST(edited("version=1.2", "version=1.3") == plain);
  BOOST_TEST(edited("scaled squares of", "scaled squared of") != plain);
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
