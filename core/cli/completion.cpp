// SPDX-License-Identifier: MIT
// Completion of command lines: the script for a shell, and the hidden command that it asks.
#include "app/completion.hpp"

#include <algorithm>
#include <ostream>
#include <set>

#include "cli/commands.hpp"
#include "cli/options.hpp"
#include "spanlab/error.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::host::cli {

using app::Candidate;

namespace {

struct CompletionOptions {
  std::string shell;
};

void declare_shell(Arguments& arguments, CompletionOptions& options) {
  arguments.argument("SHELL", options.shell, "bash, zsh or fish",
                     Choices(std::begin(app::kShells), std::end(app::kShells)));
}

ExitCode print_script(const CompletionOptions& options, Context& context) {
  context.out << app::completion_script(options.shell, context.places);
  return ExitCode::done;
}

// A command line up to the word that is completed.
class Line {
 public:
  Line(const Command& command, std::vector<std::string> words) : current_(words.back()) {
    words.pop_back();
    command.bind(arguments_);
    declare_common(arguments_, common_);
    for (const std::string& word : words) read(word);
  }

  // The candidates for the word, not all of which begin as it does.
  std::vector<Candidate> candidates() const {
    if (open_) return values(open_->takes, open_->choices, current_);
    const std::size_t sign = current_.find('=');
    if (!current_.starts_with('-')) return arguments();
    if (sign == current_.npos) return options();
    const OptionText* option = find(current_.substr(0, sign));
    if (!option) return {};
    std::vector<Candidate> found = values(option->takes, option->choices, current_.substr(sign + 1));
    for (Candidate& candidate : found) {
      if (!candidate.text.starts_with(':')) candidate.text = current_.substr(0, sign + 1) + candidate.text;
    }
    return found;
  }

 private:
  const OptionText* find(const std::string& word) const {
    for (const OptionText& option : arguments_.options()) {
      const bool is_letter = option.letter && word == std::string{'-', option.letter};
      if (word == "--" + option.name || is_letter) return &option;
    }
    return nullptr;
  }

  void read(const std::string& word) {
    if (open_) {
      take(*open_, word);
      open_ = nullptr;
      return;
    }
    if (!word.starts_with('-') || word == "-") return places_.push_back(word);
    const std::size_t sign = word.find('=');
    const OptionText* option = find(word.substr(0, sign));
    if (!option) return;
    given_.insert(option->name);
    if (option->placeholder.empty()) return;
    if (sign == word.npos) {
      open_ = option;
    } else {
      take(*option, word.substr(sign + 1));
    }
  }

  // Of an option's value, what decides the candidates for others.
  void take(const OptionText& option, const std::string& value) {
    if (option.name == "runs") line_places_.runs = value;
    if (option.name == "data-path") line_places_.data_path.push_back(value);
    if (option.name == "plugin-path") line_places_.plugin_path.push_back(value);
    if (option.name == "profile") overrides_.profile = value;
    if (option.name == "set") overrides_.set.push_back(value);
  }

  std::vector<Candidate> options() const {
    std::vector<Candidate> found;
    for (const OptionText& option : arguments_.options()) {
      const bool may_stand_again = option.doc.find("may be repeated") != std::string::npos;
      if (given_.contains(option.name) && !may_stand_again) continue;
      found.push_back({"--" + option.name, option.doc});
    }
    return found;
  }

  std::vector<Candidate> arguments() const {
    std::size_t at = places_.size();
    for (const ArgumentText& argument : arguments_.arguments()) {
      const auto most = static_cast<std::size_t>(argument.most);
      if (at < most) return values(argument.takes, argument.choices, current_);
      at -= most;
    }
    return {};
  }

  std::vector<Candidate> values(Takes takes, const Choices& choices, const std::string& begun) const;
  std::vector<Candidate> scripts_and(std::vector<Candidate> found) const {
    found.push_back({":files.lua"});
    return found;
  }
  std::vector<Candidate> cards() const;
  std::vector<Candidate> changes(const std::string& begun) const;

  Arguments arguments_;
  CommonOptions common_;
  std::string current_;
  const OptionText* open_ = nullptr;  // whose value is to come
  std::vector<std::string> places_;   // arguments that are known by their place
  std::set<std::string> given_;       // names of options
  app::Places line_places_;
  Overrides overrides_;
};

std::vector<Candidate> Line::cards() const {
  std::vector<Candidate> found = app::data_names(line_places_);
  std::ranges::move(app::model_names(line_places_), std::back_inserter(found));
  return found;
}

std::vector<Candidate> Line::changes(const std::string& begun) const {
  if (places_.empty()) return {};
  return app::changes({places_[0], overrides_}, begun, line_places_);
}

std::vector<Candidate> Line::values(Takes takes, const Choices& choices, const std::string& begun) const {
  std::vector<Candidate> found;
  for (const std::string& choice : choices) found.push_back({choice});
  switch (takes) {
    case Takes::anything:
      return found;
    case Takes::file:
      return {{":files"}};
    case Takes::folder:
      return {{":folders"}};
    case Takes::script:
      return scripts_and({});
    case Takes::study:
      return scripts_and(app::study_names(line_places_));
    case Takes::study_or_trial:
      return scripts_and(app::trial_prefixes(line_places_));
    case Takes::trial:
      return app::trial_prefixes(line_places_);
    case Takes::trials:
      found = app::study_rows(line_places_);
      std::ranges::move(app::study_names(line_places_), std::back_inserter(found));
      std::ranges::move(app::trial_prefixes(line_places_), std::back_inserter(found));
      return found;
    case Takes::card:
      return cards();
    case Takes::data:
      return app::data_names(line_places_);
    case Takes::model:
      return app::model_names(line_places_);
    case Takes::component:
      return app::components(line_places_);
    case Takes::profile:
      return places_.empty() ? found : app::profiles(places_[0]);
    case Takes::change:
      return changes(begun);
    case Takes::topic:
      found = app::topics(line_places_);
      for (const Command& command : all_commands()) {
        if (command.listing == Listing::shown) found.push_back({command.name, command.summary});
      }
      return found;
  }
  return found;
}

// The first or second word of commands; of those with two words the first one counts once.
std::vector<Candidate> command_words(const std::vector<Command>& commands,
                                     const std::vector<std::string>& words) {
  std::vector<Candidate> found;
  const std::string before = words.size() > 1 ? words[0] + ' ' : "";
  std::set<std::string> groups;
  for (const Command& command : commands) {
    if (command.listing == Listing::hidden || !command.name.starts_with(before)) continue;
    const std::string rest = command.name.substr(before.size());
    const std::size_t blank = rest.find(' ');
    if (blank == rest.npos) {
      found.push_back({rest, command.summary});
    } else if (groups.insert(rest.substr(0, blank)).second) {
      found.push_back({rest.substr(0, blank)});
    }
  }
  if (before.empty()) found.insert(found.end(), {{"--help", "all commands"}, {"--version"}});
  return found;
}

std::vector<Candidate> candidates(const std::vector<std::string>& words) {
  const std::vector<Command> commands = all_commands();
  const std::vector<std::string> whole(words.begin(), words.end() - 1);  // the last one is being written
  const auto [command, count] = find_command(commands, whole);
  if (command) {
    const auto rest = words.begin() + static_cast<std::ptrdiff_t>(count);
    return Line(*command, {rest, words.end()}).candidates();
  }
  return words.size() > 2 ? std::vector<Candidate>() : command_words(commands, words);
}

struct CompleteOptions {
  std::vector<std::string> words;
};

void declare_words(Arguments& arguments, CompleteOptions& options) {
  arguments.argument("WORDS", options.words, -1, "a command line; its last word is the one to complete");
}

// What cannot be found out is not offered: a message would stand in the middle of what is being typed.
ExitCode complete(const CompleteOptions& options, Context& context) {
  if (options.words.empty()) return ExitCode::done;
  const std::string& begun = options.words.back();
  try {
    for (const Candidate& candidate : candidates(options.words)) {
      const bool asks_shell = candidate.text.starts_with(':');
      if (!asks_shell &&
          (!candidate.text.starts_with(begun) || printable(candidate.text) != candidate.text)) {
        continue;
      }
      context.out << candidate.text;
      if (!candidate.about.empty()) context.out << '\t' << printable(candidate.about);
      context.out << '\n';
    }
  } catch (const Error&) {
  }
  return ExitCode::done;
}

}  // namespace

Command completion_command() {
  return make_command(
      {.name = "completion",
       .synopsis = "bash|zsh|fish",
       .summary = "a script that makes the shell complete commands, options, names, and paths for --set",
       .examples = {"eval \"$(spanlab completion bash)\"",
                    "spanlab completion fish > ~/.config/fish/completions/spanlab.fish"}},
      declare_shell, print_script);
}

Command complete_command() {
  return make_command({.name = "complete",
                       .synopsis = "-- WORDS",
                       .summary = "what may stand in place of the last word, for the scripts of `completion`",
                       .examples = {"spanlab complete -- run experiments/quickstart.lua --set train.",
                                    "spanlab complete -- plugin info enc"},
                       .listing = Listing::hidden},
                      declare_words, complete);
}

}  // namespace spanlab::host::cli
