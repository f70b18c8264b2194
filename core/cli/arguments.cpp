// SPDX-License-Identifier: MIT
#include "cli/arguments.hpp"

#include <algorithm>
#include <boost/program_options/options_description.hpp>
#include <boost/program_options/parsers.hpp>
#include <boost/program_options/positional_options.hpp>
#include <boost/program_options/variables_map.hpp>

#include "spanlab/error.hpp"

namespace spanlab::host::cli {

namespace po = boost::program_options;

namespace {

std::string in_capitals(std::string name) {
  for (char& c : name) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return name;
}

}  // namespace

struct Arguments::State {
  po::options_description described;
  po::positional_options_description places;
  std::vector<ArgumentText> arguments;
  std::vector<OptionText> options;
  std::vector<std::string> needed;  // arguments

  void add_argument(const std::string& name, const std::string& doc, po::value_semantic* semantic,
                    int most = 1) {
    arguments.push_back({in_capitals(name), doc, most});
    described.add_options()(name.c_str(), semantic);
    places.add(name.c_str(), most);
  }

  void add(const std::string& names, OptionText text, po::value_semantic* semantic) {
    const std::size_t comma = names.find(',');
    text.name = names.substr(0, comma);
    if (comma != names.npos) text.letter = names.at(comma + 1);
    described.add_options()(names.c_str(), semantic);
    options.push_back(std::move(text));
  }

  // An option whose text becomes a T, which goes to `take`.
  template <typename T, typename Take>
  void add_value(const std::string& names, OptionText text, const Take& take) {
    add(names, std::move(text), po::value<T>()->notifier(take));
  }

  std::vector<std::string> option_names() const {
    std::vector<std::string> names;
    for (const OptionText& option : options) names.push_back("--" + option.name);
    return names;
  }
};

namespace {

std::string option_of(const std::string& names) { return "--" + names.substr(0, names.find(',')); }

void check_range(const std::string& names, std::int64_t value, const std::optional<Range>& range) {
  if (!range || (value >= range->least && (!range->most || value <= *range->most))) return;
  const std::string most = range->most ? fmt::format(" to {}", *range->most) : "";
  throw Error(ErrorKind::usage, option_of(names),
              fmt::format("expected {} from {}{}, got {}", range->what, range->least, most, value));
}

template <typename Number, typename Member>
auto number_into(const std::string& names, Member& member, const std::optional<Range>& range) {
  return [names, &member, range](Number value) {
    check_range(names, value, range);
    member = value;
  };
}

// `a, b or c`.
std::string alternatives(const Choices& choices) {
  std::string text;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    text += (i == 0 ? "" : i + 1 == choices.size() ? " or " : ", ") + choices[i];
  }
  return text;
}

void check_choice(const std::string& place, const std::string& text, const Choices& choices) {
  if (std::ranges::find(choices, text) != choices.end()) return;
  throw Error(ErrorKind::usage, place, fmt::format("expected {}, got \"{}\"", alternatives(choices), text));
}

}  // namespace

Arguments::Arguments() : state_(std::make_unique<State>()) {}
Arguments::~Arguments() = default;

void Arguments::argument(const std::string& name, std::string& value, const std::string& doc) {
  state_->needed.push_back(name);
  state_->add_argument(name, doc, po::value(&value));
}

void Arguments::argument(const std::string& name, std::optional<std::string>& value, const std::string& doc) {
  const auto take = [&value](const std::string& text) { value = text; };
  state_->add_argument(name, doc, po::value<std::string>()->notifier(take));
}

void Arguments::argument(const std::string& name, std::vector<std::string>& values, int most,
                         const std::string& doc) {
  state_->add_argument(name, doc, po::value(&values), most);
}

void Arguments::argument(const std::string& name, std::string& value, const std::string& doc,
                         const Choices& choices) {
  state_->needed.push_back(name);
  state_->add_argument(name, doc,
                       po::value<std::string>()->notifier([name, &value, choices](const auto& text) {
                         check_choice(in_capitals(name), text, choices);
                         value = text;
                       }));
  state_->arguments.back().choices = choices;
}

void Arguments::argument_takes(Takes takes) { state_->arguments.back().takes = takes; }
void Arguments::argument_takes(Choices choices) { state_->arguments.back().choices = std::move(choices); }
void Arguments::option_takes(Takes takes) { state_->options.back().takes = takes; }
void Arguments::option_takes(Choices choices) { state_->options.back().choices = std::move(choices); }

void Arguments::flag(const std::string& names, bool& value, const std::string& doc) {
  state_->add(names, {.doc = doc}, po::bool_switch(&value));
}

void Arguments::option(const std::string& names, const char* placeholder, std::string& value,
                       const std::string& doc) {
  state_->add_value<std::string>(names, {.placeholder = placeholder, .otherwise = value, .doc = doc},
                                 [&value](const std::string& text) { value = text; });
}

void Arguments::option(const std::string& names, const char* placeholder, std::optional<std::string>& value,
                       const std::string& doc) {
  state_->add_value<std::string>(names, {.placeholder = placeholder, .doc = doc},
                                 [&value](const std::string& text) { value = text; });
}

void Arguments::option(const std::string& names, const char* placeholder, std::vector<std::string>& values,
                       const std::string& doc) {
  state_->add(names, {.placeholder = placeholder, .doc = doc}, po::value(&values)->composing());
}

void Arguments::option(const std::string& names, const char* placeholder, int& value, const std::string& doc,
                       const std::optional<Range>& range) {
  state_->add_value<int>(names, {.placeholder = placeholder, .otherwise = std::to_string(value), .doc = doc},
                         number_into<int>(names, value, range));
}

void Arguments::option(const std::string& names, const char* placeholder, std::int64_t& value,
                       const std::string& doc, const std::optional<Range>& range) {
  state_->add_value<std::int64_t>(
      names, {.placeholder = placeholder, .otherwise = std::to_string(value), .doc = doc},
      number_into<std::int64_t>(names, value, range));
}

void Arguments::option(const std::string& names, const char* placeholder, std::optional<int>& value,
                       const std::string& doc, const std::optional<Range>& range) {
  state_->add_value<int>(names, {.placeholder = placeholder, .doc = doc},
                         number_into<int>(names, value, range));
}

void Arguments::option(const std::string& names, const char* placeholder, std::optional<std::int64_t>& value,
                       const std::string& doc, const std::optional<Range>& range) {
  state_->add_value<std::int64_t>(names, {.placeholder = placeholder, .doc = doc},
                                  number_into<std::int64_t>(names, value, range));
}

void Arguments::option(const std::string& names, const char* placeholder, std::string& value,
                       const std::string& doc, const Choices& choices) {
  option(
      names, placeholder,
      [names, &value, choices](const std::string& text) {
        check_choice(option_of(names), text, choices);
        value = text;
      },
      doc);
  state_->options.back().choices = choices;
}

void Arguments::option(const std::string& names, const char* placeholder,
                       const std::function<void(const std::string& text)>& read, const std::string& doc) {
  state_->add_value<std::string>(names, {.placeholder = placeholder, .doc = doc}, read);
}

void Arguments::read(const std::vector<std::string>& words) {
  const int style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
  po::variables_map values;
  try {
    po::command_line_parser parser(words);
    po::store(parser.options(state_->described).positional(state_->places).style(style).run(), values);
    po::notify(values);
  } catch (const po::unknown_option& error) {
    const std::string name = error.get_option_name();
    throw Error(ErrorKind::usage, "",
                fmt::format("unknown option '{}'{}", name, did_you_mean(name, state_->option_names())));
  } catch (const po::too_many_positional_options_error&) {
    throw Error(ErrorKind::usage, "", "more arguments than expected");
  } catch (const po::error& error) {
    throw Error(ErrorKind::usage, "", error.what());
  }
  for (const std::string& name : state_->needed) {
    if (!values.count(name)) throw Error(ErrorKind::usage, "", "expected " + in_capitals(name));
  }
}

std::span<const ArgumentText> Arguments::arguments() const { return state_->arguments; }
std::span<const OptionText> Arguments::options() const { return state_->options; }

}  // namespace spanlab::host::cli
