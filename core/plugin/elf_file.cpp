// SPDX-License-Identifier: MIT
#include "plugin/elf_file.hpp"

#include <elf.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

#include "data/card.hpp"
#include "spanlab/error.hpp"

namespace spanlab {

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
    case EM_X86_64: return "x86-64";
    case EM_AARCH64: return "ARM 64";
    case EM_386: return "x86 32";
    case EM_RISCV: return "RISC-V";
    default: return fmt::format("machine {}", machine);
  }
}

// Empty where errno says why.
std::shared_ptr<const char> map_file(int descriptor, std::size_t& size) {
  struct stat state;
  if (fstat(descriptor, &state) != 0) return nullptr;
  size = static_cast<std::size_t>(state.st_size);
  if (S_ISREG(state.st_mode) && size == 0) return std::shared_ptr<const char>("", [](const char*) {});
  void* memory = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
  if (memory == MAP_FAILED) return nullptr;
  return {static_cast<const char*>(memory), [size](const char* bytes) { munmap(const_cast<char*>(bytes), size); }};
}

const Elf64_Ehdr& header_of(std::string_view bytes) { return *reinterpret_cast<const Elf64_Ehdr*>(bytes.data()); }

}  // namespace

ElfFile::ElfFile(const std::filesystem::path& file) : file_(file) {
  const int descriptor = open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) refuse(std::strerror(errno));
  std::size_t size = 0;
  memory_ = map_file(descriptor, size);
  const int error = errno;
  close(descriptor);
  if (!memory_) refuse(std::strerror(error));
  bytes_ = {memory_.get(), size};
  check();
}

void ElfFile::refuse(const std::string& reason) const { throw Error(ErrorKind::plugin, file_.string(), reason); }

std::string_view ElfFile::range(std::size_t offset, std::size_t size, const char* what) const {
  if (offset > bytes_.size() || size > bytes_.size() - offset) {
    refuse(fmt::format("truncated: {} needs {} bytes at {}, the file has {}; build or copy it again", what, size, offset, bytes_.size()));
  }
  return bytes_.substr(offset, size);
}

template <typename T>
std::span<const T> ElfFile::table(std::size_t offset, std::size_t count, std::size_t entry, const char* what) const {
  if (count == 0) return {};
  if (entry != sizeof(T) || offset % alignof(T) != 0) refuse(fmt::format("damaged: {} is malformed; build or copy it again", what));
  return {reinterpret_cast<const T*>(range(offset, count * sizeof(T), what).data()), count};
}

void ElfFile::check() const {
  if (bytes_.empty()) refuse("empty: not a shared library");
  if (!bytes_.starts_with(std::string_view(ELFMAG, SELFMAG).substr(0, std::min<std::size_t>(bytes_.size(), SELFMAG)))) {
    refuse("not an ELF file, so not a shared library");
  }
  range(0, sizeof(Elf64_Ehdr), "the header");
  const Elf64_Ehdr& header = header_of(bytes_);
  if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_ident[EI_DATA] != ELFDATA2LSB || header.e_machine != kMachine) {
    refuse(fmt::format("made for another machine: the plugin has {}{}, this program {}; build it here", machine_name(header.e_machine),
                       header.e_ident[EI_CLASS] == ELFCLASS64 ? "" : " (32 bit)", machine_name(kMachine)));
  }
  if (header.e_type != ET_DYN) refuse("an ELF file, but not a shared library; link it with -shared");
  for (const Elf64_Phdr& segment : table<Elf64_Phdr>(header.e_phoff, header.e_phnum, header.e_phentsize, "the table of segments")) {
    if (segment.p_type != PT_NULL && segment.p_type != PT_GNU_STACK) range(segment.p_offset, segment.p_filesz, "a segment");
  }
  for (const Elf64_Shdr& section : table<Elf64_Shdr>(header.e_shoff, header.e_shnum, header.e_shentsize, "the table of sections")) {
    if (section.sh_type != SHT_NOBITS && section.sh_type != SHT_NULL) range(section.sh_offset, section.sh_size, "a section");
  }
}

std::string_view ElfFile::section(std::string_view name) const {
  const Elf64_Ehdr& header = header_of(bytes_);
  const auto sections = table<Elf64_Shdr>(header.e_shoff, header.e_shnum, header.e_shentsize, "the table of sections");
  if (header.e_shstrndx >= sections.size()) return {};
  const Elf64_Shdr& strings = sections[header.e_shstrndx];
  const std::string_view names = range(strings.sh_offset, strings.sh_size, "the names of the sections");
  for (const Elf64_Shdr& section : sections) {
    if (section.sh_type != SHT_PROGBITS || section.sh_name >= names.size()) continue;
    const std::string_view rest = names.substr(section.sh_name);
    if (rest.substr(0, rest.find('\0')) == name) return range(section.sh_offset, section.sh_size, "the section");
  }
  return {};
}

std::string ElfFile::segments_hash() const {
  const Elf64_Ehdr& header = header_of(bytes_);
  const auto segments = table<Elf64_Phdr>(header.e_phoff, header.e_phnum, header.e_phentsize, "the table of segments");
  std::vector<std::pair<std::size_t, std::size_t>> skipped{{0, sizeof(Elf64_Ehdr)}, {header.e_phoff, header.e_phoff + segments.size_bytes()}};
  for (const Elf64_Phdr& segment : segments) {
    if (segment.p_type == PT_NOTE) skipped.emplace_back(segment.p_offset, segment.p_offset + segment.p_filesz);
  }
  std::ranges::sort(skipped);
  std::string loaded;
  for (const Elf64_Phdr& segment : segments) {
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
  return sha256_of(loaded);
}

}  // namespace spanlab
