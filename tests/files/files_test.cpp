// SPDX-License-Identifier: MIT
#include "files/files.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <set>

#include "spanlab/error.hpp"
#include "test.hpp"

namespace spanlab::test {

namespace fs = std::filesystem;

namespace {

std::set<std::string> names_in(const fs::path& folder) {
  std::set<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder))
    names.insert(entry.path().filename().string());
  return names;
}

bool is_environment(const Error& error) { return error.kind() == ErrorKind::environment; }

}  // namespace

BOOST_AUTO_TEST_SUITE(files)

BOOST_AUTO_TEST_CASE(temporary_names_do_not_depend_on_the_process) {
  std::set<fs::path> names;
  for (int i = 0; i < 100; ++i) names.insert(temporary_name("folder/file"));
  BOOST_TEST(names.size() == 100u);
  const std::string name = names.begin()->filename().string();
  BOOST_TEST(names.begin()->parent_path() == "folder");
  BOOST_TEST(name.starts_with(".file.tmp-"));
  BOOST_TEST(temporary_name(std::string(255, 'n')).string().size() <= 255u);
}

// Processes of two containers may have one number; what they write at the same time must not mix.
BOOST_AUTO_TEST_CASE(two_writers_of_one_file_do_not_meet) {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "status.json";
  PendingFile one(file), two(file);
  one.write("one");
  two.write("two");
  one.write(" whole");
  one.place(Durability::quick);
  BOOST_TEST(read_file(file) == "one whole");
  two.place(Durability::synced);
  BOOST_TEST(read_file(file) == "two");
  BOOST_TEST((names_in(folder.path()) == std::set<std::string>{"status.json"}));
}

BOOST_AUTO_TEST_CASE(leftovers_are_removed_and_what_is_being_written_stays) {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "model.safetensors";
  const pid_t killed = fork();
  if (killed == 0) {
    PendingFile pending(file);
    pending.write("half");
    _exit(0);  // without its end, as a kill does it
  }
  waitpid(killed, nullptr, 0);
  BOOST_TEST(names_in(folder.path()).size() == 1u);
  std::ofstream(folder.path() / ".notes") << "a user's";
  {
    PendingFile living(file);
    living.write("more");
    remove_temporary_files(folder.path());
    BOOST_TEST(names_in(folder.path()).size() == 2u);
    living.place(Durability::quick);
  }
  BOOST_TEST((names_in(folder.path()) == std::set<std::string>{".notes", "model.safetensors"}));
  BOOST_TEST(read_file(file) == "more");
}

BOOST_AUTO_TEST_CASE(names_of_any_length_can_be_replaced) {
  const TemporaryFolder folder;
  for (const std::size_t length : {1u, 200u, 233u, 234u, 250u, 255u}) {
    const fs::path file = folder.path() / std::string(length, 'n');
    replace_file(file, "text", Durability::quick);
    BOOST_TEST(read_file(file) == "text");
  }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_or_written_is_an_error) {
  const TemporaryFolder folder;
  BOOST_CHECK_EXCEPTION(read_file(folder.path()), Error,
                        is_environment);  // a folder can be opened, but not read
  BOOST_CHECK_EXCEPTION(read_file(folder.path() / "none"), Error, is_environment);
  BOOST_CHECK_EXCEPTION(sync_file(folder.path() / "none"), Error, is_environment);
  BOOST_CHECK_EXCEPTION(sync_folder(folder.path() / "none"), Error, is_environment);
  BOOST_CHECK_EXCEPTION(append_line(folder.path() / "none" / "file", "line"), Error, is_environment);
  if (fs::exists("/dev/full")) BOOST_CHECK_EXCEPTION(append_line("/dev/full", "line"), Error, is_environment);
  std::ofstream(folder.path() / "file").put('x');
  const auto no_folder = [](const Error& error) {
    return std::string(error.what()).ends_with("cannot make this folder: Not a directory");
  };
  BOOST_CHECK_EXCEPTION(make_folder(folder.path() / "file"), Error, no_folder);
  BOOST_CHECK_EXCEPTION(make_folder(folder.path() / "file" / "below"), Error, no_folder);
  make_folder(folder.path() / "a" / "b" / "c" / "");
  BOOST_TEST(fs::is_directory(folder.path() / "a/b/c"));
  const std::string bytes(
      "\0\xFF\n"
      "a",
      4);
  replace_file(folder.path() / "bytes", bytes, Durability::synced);
  BOOST_TEST(read_file(folder.path() / "bytes") == bytes);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace spanlab::test
