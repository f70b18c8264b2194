// SPDX-License-Identifier: MIT
// Stands before the C library (LD_PRELOAD) of a program under test.
//   INTERPOSED_LOG=FILE            appends `opened PATH` for every file opened to be read, `asked PATH` for every
//                                  one looked for
//   INTERPOSED_FAIL=N              the Nth opening of a file to be read finds no descriptor left
//   INTERPOSED_REPLACE=PATH=OTHER  puts OTHER in the place of PATH when PATH is about to be loaded
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static void note(const char* verb, const char* path) {
  const char* log = getenv("INTERPOSED_LOG");
  if (!log || !path) return;
  char line[4200];
  char folder[4096] = "";
  if (path[0] != '/' && !getcwd(folder, sizeof folder)) return;
  int size = snprintf(line, sizeof line, "%s %s%s%s\n", verb, folder, folder[0] ? "/" : "", path);
  long file = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (file < 0) return;
  if (syscall(SYS_write, file, line, (size_t)size) < 0) abort();
  syscall(SYS_close, file);
}

static int fails(void) {
  static int count = 0;
  const char* number = getenv("INTERPOSED_FAIL");
  if (!number || __atomic_add_fetch(&count, 1, __ATOMIC_RELAXED) != atoi(number)) return 0;
  errno = EMFILE;
  return 1;
}

static int may_read(int flags) { return (flags & O_ACCMODE) != O_WRONLY; }

#define OPEN(name)                                                         \
  int name(const char* path, int flags, ...) {                             \
    va_list more;                                                          \
    va_start(more, flags);                                                 \
    mode_t mode = (flags & (O_CREAT | __O_TMPFILE)) ? va_arg(more, mode_t) : 0; \
    va_end(more);                                                          \
    if (may_read(flags)) note("opened", path);                             \
    if (may_read(flags) && fails()) return -1;                             \
    return NEXT(name)(path, flags, mode);                                  \
  }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                       \
  int name(int folder, const char* path, int flags, ...) {                 \
    va_list more;                                                          \
    va_start(more, flags);                                                 \
    mode_t mode = (flags & (O_CREAT | __O_TMPFILE)) ? va_arg(more, mode_t) : 0; \
    va_end(more);                                                          \
    if (may_read(flags)) note("opened", path);                             \
    if (may_read(flags) && fails()) return -1;                             \
    return NEXT(name)(folder, path, flags, mode);                          \
  }
OPENAT(openat)
OPENAT(openat64)

#define FOPEN(name)                                     \
  FILE* name(const char* path, const char* mode) {      \
    if (mode[0] == 'r') note("opened", path);           \
    if (mode[0] == 'r' && fails()) return NULL;         \
    return NEXT(name)(path, mode);                      \
  }
FOPEN(fopen)
FOPEN(fopen64)

int stat(const char* restrict path, struct stat* restrict status) {
  note("asked", path);
  return NEXT(stat)(path, status);
}
int lstat(const char* restrict path, struct stat* restrict status) {
  note("asked", path);
  return NEXT(lstat)(path, status);
}
int access(const char* path, int mode) {
  note("asked", path);
  return NEXT(access)(path, mode);
}

void* dlopen(const char* path, int flags) {
  char* pair = getenv("INTERPOSED_REPLACE") ? strdup(getenv("INTERPOSED_REPLACE")) : NULL;
  char* other = pair ? strchr(pair, '=') : NULL;
  if (other && path) {
    *other++ = '\0';
    size_t length = strlen(path), wanted = strlen(pair);
    if (length >= wanted && strcmp(path + length - wanted, pair) == 0) rename(other, path);
  }
  free(pair);
  return NEXT(dlopen)(path, flags);
}
