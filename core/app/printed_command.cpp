// SPDX-License-Identifier: MIT
#include "app/printed_command.hpp"

#include "text/shell_text.hpp"

namespace spanlab::host::app {

std::vector<std::string> search_words(const Places& places) {
  std::vector<std::string> words;
  const auto add = [&](const char* option, const std::vector<std::string>& paths) {
    for (const std::string& path : paths) words.insert(words.end(), {option, path_word(path)});
  };
  add("--data-path", places.data_path);
  add("--plugin-path", places.plugin_path);
  return words;
}

std::string printed_command(const Places& places, std::vector<std::string> words) {
  words.insert(words.begin(), "spanlab");
  for (std::string& word : search_words(places)) words.push_back(std::move(word));
  return shell_line(words) + runs_words(places.runs);
}

std::string with_options(const Places& places, std::string message) {
  constexpr std::string_view kBegin = "`spanlab ";
  const std::string options = printed_command(places, {}).substr(kBegin.size() - 2);
  for (std::size_t at = message.find(kBegin); at != message.npos; at = message.find(kBegin, at)) {
    const std::size_t end = message.find('`', at + kBegin.size());
    if (end == message.npos) break;
    message.insert(end, options);
    at = end + options.size() + 1;
  }
  return message;
}

}  // namespace spanlab::host::app
