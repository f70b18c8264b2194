// SPDX-License-Identifier: MIT
#include "files/template_files.hpp"

#include <algorithm>

#include "files/files.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host {

namespace fs = std::filesystem;

namespace {

std::string replaced(std::string text, const TemplateWords& words) {
  for (const auto& [word, instead] : words) {
    for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + instead.size())) {
      text.replace(at, word.size(), instead);
    }
  }
  return text;
}

std::string without_licence(std::string text) {
  const std::size_t end = text.find('\n');
  const bool has_one = end != text.npos && text.substr(0, end).find("SPDX-License") != text.npos;
  return has_one ? text.substr(end + 1) : text;
}

}  // namespace

std::vector<NewFile> read_template(const fs::path& folder, const TemplateWords& words) {
  std::vector<NewFile> files;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    if (!entry->is_regular_file()) continue;
    const std::string path = entry->path().lexically_relative(folder).string();
    files.push_back({replaced(path, words), replaced(without_licence(read_file(entry->path())), words)});
  }
  if (error || files.empty()) {
    throw Error(ErrorKind::environment, folder.string(),
                "is not there or cannot be read; it belongs to the installation");
  }
  std::ranges::sort(files, {}, &NewFile::path);
  return files;
}

}  // namespace spanlab::host
