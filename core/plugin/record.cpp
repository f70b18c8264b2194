// SPDX-License-Identifier: MIT
#include "plugin/record.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "plugin/elf_file.hpp"
#include "spanlab/error.hpp"
#include "spanlab/plugin.hpp"

namespace spanlab::host {

namespace {

constexpr door::Record kHost = door::make_record("spanlab", "", "");

bool is_own(std::string_view field) {
  return field == "name" || field == "version" || field == "author" || field == "checksum";
}

std::string cure(std::string_view field, std::string_view wanted) {
  if (field == "LibTorch") return fmt::format("build it with LibTorch {}", wanted);
  if (field == "C++11 ABI")
    return fmt::format("build it with -D_GLIBCXX_USE_CXX11_ABI={} and a LibTorch of that ABI", wanted);
  if (field == "compiler" || field == "standard library") return fmt::format("build it with {}", wanted);
  if (field.starts_with("size of "))
    return "build it with this program's flags (no _GLIBCXX_DEBUG, no packing)";
  return "build it again with find_package(spanlab) of this installation";
}

}  // namespace

BuildRecord::BuildRecord(std::string_view text) {
  text = text.substr(0, text.find('\0'));
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const std::size_t equals = line.find('=');
    if (equals != line.npos) fields_.emplace_back(line.substr(0, equals), line.substr(equals + 1));
  }
}

BuildRecord BuildRecord::host() { return BuildRecord(std::string_view(kHost.text, sizeof kHost.text)); }

std::string_view BuildRecord::value(std::string_view field) const {
  for (const auto& [name, value] : fields_) {
    if (name == field) return value;
  }
  return {};
}

std::vector<std::string> BuildRecord::differences(const BuildRecord& plugin, const BuildRecord& host) {
  std::vector<std::string> lines;
  for (const auto& [field, wanted] : host.fields()) {
    const std::string_view has = plugin.value(field);
    if (is_own(field) || has == wanted) continue;
    lines.push_back(fmt::format("{}: the plugin has {}, this program {}; {}", field,
                                has.empty() ? "none" : has, wanted, cure(field, wanted)));
  }
  return lines;
}

std::string_view BuildRecord::checksum_in(std::string_view text) {
  constexpr std::string_view kLine = "\nchecksum=";
  constexpr std::size_t kDigits = sizeof door::kNoChecksum - 1;
  const std::size_t at = text.substr(0, text.find('\0')).find(kLine);
  if (at == text.npos) return {};
  const std::string_view value = text.substr(at + kLine.size(), kDigits);
  return value.find_first_not_of("0123456789abcdef") == value.npos && value.size() == kDigits
             ? value
             : std::string_view();
}

void seal_plugin(const std::filesystem::path& file) {
  const ElfFile elf(file);
  const std::string_view place = BuildRecord::checksum_in(elf.section(SPANLAB_RECORD_SECTION));
  if (place.empty()) {
    throw Error(ErrorKind::plugin, file.string(),
                "holds no record with a place for a checksum; use SPANLAB_PLUGIN once");
  }
  const std::string sum = elf.checksum(place);
  if (sum == place) return;
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CLOEXEC);
  const bool written = descriptor >= 0 &&
                       ::pwrite(descriptor, sum.data(), sum.size(),
                                static_cast<off_t>(elf.offset_of(place))) == static_cast<ssize_t>(sum.size());
  const int reason = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (!written) {
    throw Error(ErrorKind::environment, file.string(),
                fmt::format("cannot be written: {}", std::strerror(reason)));
  }
}

}  // namespace spanlab::host
