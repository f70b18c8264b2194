// SPDX-License-Identifier: MIT
#include "plugin/elf_file.hpp"

#include <elf.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

#include "files/checksum.hpp"
#include "spanlab/error.hpp"
#include "spanlab/input_file.hpp"

namespace spanlab::host {

namespace {

#if defined(__x86_64__)
constexpr unsigned kMachine = EM_X86_64;
#elif defined(__aarch64__)
constexpr unsigned kMachine = EM_AARCH64;
#else
#error "name the ELF machine number of this processor"
#endif

std::string machine_name(unsigned machine) {
  switch (machine) {
    case EM_X86_64:
      return "x86-64";
    case EM_AARCH64:
      return "ARM 64";
    case EM_386:
      return "x86 32";
    case EM_RISCV:
      return "RISC-V";
    default:
      return fmt::format("machine {}", machine);
  }
}

const Elf64_Ehdr& header_of(std::string_view bytes) {
  return *reinterpret_cast<const Elf64_Ehdr*>(bytes.data());
}

}  // namespace

// What is no shared library is not read to its end, however long it is.
std::string ElfFile::read(const std::filesystem::path& file, Identity& identity) {
  const int descriptor = open_input(file, ErrorKind::plugin);
  struct stat status{};
  fstat(descriptor, &status);
  identity = {status.st_dev, status.st_ino};
  std::string bytes(sizeof(Elf64_Ehdr), '\0');
  std::size_t size = 0;
  ssize_t count = 0;
  do {
    count = ::read(descriptor, bytes.data() + size, bytes.size() - size);
    if (count > 0) size += static_cast<std::size_t>(count);
    const bool is_elf = size >= SELFMAG && std::memcmp(bytes.data(), ELFMAG, SELFMAG) == 0;
    if (size == bytes.size() && is_elf) {
      bytes.resize(std::max<std::size_t>(2 * size, static_cast<std::size_t>(status.st_size) + 1));
    }
  } while (count > 0 || (count < 0 && errno == EINTR));
  const int reason = errno;
  close(descriptor);
  if (count < 0) {
    const std::string text = fmt::format("cannot be read to its end: {}", std::strerror(reason));
    throw Error(kind_of_refusal(reason, ErrorKind::plugin), file.string(), text);
  }
  bytes.resize(size);
  return bytes;
}

ElfFile::ElfFile(const std::filesystem::path& file)
    : file_(file), memory_(read(file, identity_)), bytes_(memory_) {
  check();
}

bool ElfFile::is_unchanged() const {
  Identity now;
  const std::string bytes = read(file_, now);
  return now == identity_ && bytes == bytes_;
}

void ElfFile::refuse(const std::string& reason) const {
  throw Error(ErrorKind::plugin, file_.string(), reason);
}

std::string_view ElfFile::range(std::size_t offset, std::size_t size, const char* what) const {
  if (offset > bytes_.size() || size > bytes_.size() - offset) {
    refuse(fmt::format("truncated: {} needs {} bytes at {}, the file has {}; build or copy it again", what,
                       size, offset, bytes_.size()));
  }
  return bytes_.substr(offset, size);
}

template <typename T>
std::span<const T> ElfFile::table(std::size_t offset, std::size_t count, std::size_t entry,
                                  const char* what) const {
  if (count == 0) return {};
  if (entry != sizeof(T) || offset % alignof(T) != 0)
    refuse(fmt::format("damaged: {} is malformed; build or copy it again", what));
  return {reinterpret_cast<const T*>(range(offset, count * sizeof(T), what).data()), count};
}

void ElfFile::check() const {
  if (bytes_.empty()) refuse("empty: not a shared library");
  if (!bytes_.starts_with(
          std::string_view(ELFMAG, SELFMAG).substr(0, std::min<std::size_t>(bytes_.size(), SELFMAG)))) {
    refuse("not an ELF file, so not a shared library");
  }
  range(0, sizeof(Elf64_Ehdr), "the header");
  const Elf64_Ehdr& header = header_of(bytes_);
  if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_ident[EI_DATA] != ELFDATA2LSB ||
      header.e_machine != kMachine) {
    refuse(fmt::format("made for another machine: the plugin has {}{}, this program {}; build it here",
                       machine_name(header.e_machine),
                       header.e_ident[EI_CLASS] == ELFCLASS64 ? "" : " (32 bit)", machine_name(kMachine)));
  }
  if (header.e_type != ET_DYN) refuse("an ELF file, but not a shared library; link it with -shared");
  for (const Elf64_Phdr& segment :
       table<Elf64_Phdr>(header.e_phoff, header.e_phnum, header.e_phentsize, "the table of segments")) {
    if (segment.p_type != PT_NULL && segment.p_type != PT_GNU_STACK)
      range(segment.p_offset, segment.p_filesz, "a segment");
  }
  for (const Elf64_Shdr& section :
       table<Elf64_Shdr>(header.e_shoff, header.e_shnum, header.e_shentsize, "the table of sections")) {
    if (section.sh_type != SHT_NOBITS && section.sh_type != SHT_NULL)
      range(section.sh_offset, section.sh_size, "a section");
  }
  check_end();
}

void ElfFile::check_end() const {
  const Elf64_Ehdr& header = header_of(bytes_);
  const auto segments =
      table<Elf64_Phdr>(header.e_phoff, header.e_phnum, header.e_phentsize, "the table of segments");
  const auto sections =
      table<Elf64_Shdr>(header.e_shoff, header.e_shnum, header.e_shentsize, "the table of sections");
  std::size_t end =
      std::max<std::size_t>(header.e_shoff + sections.size_bytes(), header.e_phoff + segments.size_bytes());
  for (const Elf64_Phdr& segment : segments) {
    if (segment.p_type == PT_LOAD) end = std::max<std::size_t>(end, segment.p_offset + segment.p_filesz);
  }
  for (const Elf64_Shdr& section : sections) {
    if (section.sh_type != SHT_NOBITS && section.sh_type != SHT_NULL) {
      end = std::max<std::size_t>(end, section.sh_offset + section.sh_size);
    }
  }
  if (end < bytes_.size()) {
    refuse(fmt::format("damaged: {} bytes stand after its end; build or copy it again", bytes_.size() - end));
  }
}

std::string_view ElfFile::section(std::string_view name) const {
  const Elf64_Ehdr& header = header_of(bytes_);
  const auto sections =
      table<Elf64_Shdr>(header.e_shoff, header.e_shnum, header.e_shentsize, "the table of sections");
  if (header.e_shstrndx >= sections.size()) return {};
  const Elf64_Shdr& strings = sections[header.e_shstrndx];
  const std::string_view names = range(strings.sh_offset, strings.sh_size, "the names of the sections");
  for (const Elf64_Shdr& section : sections) {
    if (section.sh_type != SHT_PROGBITS || section.sh_name >= names.size()) continue;
    const std::string_view rest = names.substr(section.sh_name);
    if (rest.substr(0, rest.find('\0')) == name)
      return range(section.sh_offset, section.sh_size, "the section");
  }
  return {};
}

std::string ElfFile::segments_hash(std::string_view left_out) const {
  const Elf64_Ehdr& header = header_of(bytes_);
  const auto segments =
      table<Elf64_Phdr>(header.e_phoff, header.e_phnum, header.e_phentsize, "the table of segments");
  std::vector<Range> skipped{
      {0, sizeof(Elf64_Ehdr)}, {header.e_phoff, header.e_phoff + segments.size_bytes()}, range_of(left_out)};
  for (const Elf64_Phdr& segment : segments) {
    if (segment.p_type == PT_NOTE)
      skipped.emplace_back(segment.p_offset, segment.p_offset + segment.p_filesz);
  }
  return sha256_of(loaded(std::move(skipped)));
}

std::string ElfFile::checksum(std::string_view left_out) const {
  const Elf64_Ehdr& header = header_of(bytes_);
  const auto segments =
      table<Elf64_Phdr>(header.e_phoff, header.e_phnum, header.e_phentsize, "the table of segments");
  std::string text;
  for (const Elf64_Phdr& segment : segments) {
    text += fmt::format("{} {} {} {} {} {}\n", segment.p_type, segment.p_flags, segment.p_vaddr,
                        segment.p_filesz, segment.p_memsz, segment.p_align);
  }
  return sha256_of(text + loaded({{0, sizeof(Elf64_Ehdr)},
                                  {header.e_phoff, header.e_phoff + segments.size_bytes()},
                                  range_of(left_out)}));
}

// The bytes of the loaded segments, without the skipped ranges.
std::string ElfFile::loaded(std::vector<Range> skipped) const {
  const Elf64_Ehdr& header = header_of(bytes_);
  std::ranges::sort(skipped);
  std::string loaded;
  for (const Elf64_Phdr& segment :
       table<Elf64_Phdr>(header.e_phoff, header.e_phnum, header.e_phentsize, "the table of segments")) {
    if (segment.p_type != PT_LOAD) continue;
    std::size_t at = segment.p_offset;
    const std::size_t end = at + segment.p_filesz;
    for (const auto& [first, last] : skipped) {
      if (last <= at || first >= end) continue;
      loaded += bytes_.substr(at, first > at ? first - at : 0);
      at = std::min(last, end);
    }
    loaded += bytes_.substr(at, end - at);
  }
  return loaded;
}

}  // namespace spanlab::host
