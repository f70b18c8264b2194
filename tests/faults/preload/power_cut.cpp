// SPDX-License-Identifier: MIT
// A disk that loses its power. Preloaded (LD_PRELOAD), it keeps beside a folder what of it would survive:
// each fsync of a file records its content, each fsync of a folder records its entries. At the chosen sync,
// which does not take place any more, all processes that have the library are killed; faults.py then builds
// the folder anew from the record.
//
//   SPANLAB_POWER_ROOT   the folder, as an absolute path; what lies elsewhere is left alone
//   SPANLAB_POWER_DISK   where the record is kept, on the same file system: faults.Disk makes it
//   SPANLAB_POWER_CUT    at which sync of all processes the power goes, counted from 1; 0: never
//
// Files are known by their inode. A record holds on to each inode by a link, so that its number is not given
// to another file. The syncs themselves are left out: the machine does not lose its power, and the tests are
// quick.
#include <dirent.h>
#include <sys/stat.h>

#include <cerrno>
#include <csignal>

#include "raw.hpp"

namespace {

using namespace faults;

std::string disk() { return variable("SPANLAB_POWER_DISK"); }

void keep(const std::string& path, ino_t inode) {
  const std::string kept = disk() + "/kept/" + std::to_string(inode);
  syscall(SYS_linkat, AT_FDCWD, path.c_str(), AT_FDCWD, kept.c_str(), 0);
}

void record(const std::string& name, const std::string& bytes) {
  const std::string file = disk() + '/' + name, draft = file + ".new";
  const int out = open_raw(draft, O_WRONLY | O_CREAT | O_TRUNC);
  if (out < 0) abort();
  write_raw(out, bytes.data(), bytes.size());
  close_raw(out);
  syscall(SYS_renameat2, AT_FDCWD, draft.c_str(), AT_FDCWD, file.c_str(), 0);
}

void record_file(const std::string& path, ino_t inode) {
  const int in = open_raw(path, O_RDONLY);
  if (in < 0) return;  // it has no name any more
  record("files/" + std::to_string(inode), read_raw(in));
  close_raw(in);
  keep(path, inode);
}

// A line an entry: `f` or `d`, the inode, the name.
void record_folder(const std::string& path, ino_t inode) {
  DIR* folder = opendir(path.c_str());
  if (!folder) return;
  std::string lines;
  while (const dirent* entry = readdir(folder)) {
    const std::string name = entry->d_name, full = path + '/' + name;
    struct stat status{};
    if (name == "." || name == ".." || lstat(full.c_str(), &status) != 0) continue;
    if (!S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode)) continue;
    if (S_ISREG(status.st_mode)) keep(full, status.st_ino);
    lines += std::string(S_ISDIR(status.st_mode) ? "d " : "f ") + std::to_string(status.st_ino) + ' ' + name +
             '\n';
  }
  closedir(folder);
  record("folders/" + std::to_string(inode), lines);
}

[[noreturn]] void cut() {
  record("cut", "");
  const int list = open_raw(disk() + "/processes", O_RDONLY);
  const std::string processes = read_raw(list);
  close_raw(list);
  for (const char* at = processes.c_str(); *at;) {
    const long process = strtol(at, const_cast<char**>(&at), 10);
    if (*at == '\n') ++at;
    if (process > 1 && process != getpid()) kill(static_cast<pid_t>(process), SIGKILL);
  }
  kill(getpid(), SIGKILL);
  while (true) pause();
}

bool is_off() { return syscall(SYS_faccessat, AT_FDCWD, (disk() + "/cut").c_str(), F_OK) == 0; }

int synced(int descriptor) {
  const std::string path = path_of(descriptor);
  struct stat status{};
  if (!is_under(path, variable("SPANLAB_POWER_ROOT")) || fstat(descriptor, &status) != 0) {
    return static_cast<int>(syscall(SYS_fsync, descriptor));
  }
  const Turn turn(disk() + "/count");
  if (is_off() || turn.number() == atol(variable("SPANLAB_POWER_CUT").c_str())) cut();
  if (S_ISREG(status.st_mode)) record_file(path, status.st_ino);
  if (S_ISDIR(status.st_mode)) record_folder(path, status.st_ino);
  return 0;
}

__attribute__((constructor)) void enrol() {
  if (disk().empty()) return;
  const int list = open_raw(disk() + "/processes", O_WRONLY | O_CREAT | O_APPEND);
  const std::string line = std::to_string(getpid()) + '\n';
  write_raw(list, line.data(), line.size());
  close_raw(list);
}

}  // namespace

extern "C" {
int fsync(int descriptor) { return synced(descriptor); }
int fdatasync(int descriptor) { return synced(descriptor); }
}
