// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "spanlab/export.hpp"

namespace spanlab::host::cli {

/// The texts that an argument or option takes.
using Choices = std::vector<std::string>;

/// What an argument or the value of an option is, for the completion of command lines. A `script` is a file
/// of a study, `study` the name of one in the run store as well; `trials` are one, a row of a study or a
/// study; a `card` is of a data set or an encoder; a
/// `change` is PATH=VALUE, a `topic` a path or a command.
enum class Takes {
  anything,
  file,
  folder,
  script,
  study,
  study_or_trial,
  trial,
  trials,
  card,
  data,
  model,
  component,
  profile,
  change,
  topic
};

/// An argument that is known by its place.
struct ArgumentText {
  std::string name;  ///< in capitals, as synopses have it
  std::string doc;
  int most = 1;  ///< how many words it takes
  Takes takes = Takes::anything;
  Choices choices = {};  ///< empty: any
};

/// An option as help tells it.
struct OptionText {
  std::string name;         ///< without dashes
  char letter = 0;          ///< short form; 0: none
  std::string placeholder;  ///< of its value; empty: a switch
  std::string otherwise;    ///< its value where it is not given; empty: none, or told in `doc`
  std::string doc;
  Takes takes = Takes::anything;
  Choices choices = {};  ///< empty: any
};

/// The whole numbers that an option takes.
struct Range {
  std::int64_t least;
  std::optional<std::int64_t> most = {};
  const char* what = "a number";  ///< as `a number of words`
};

/// The arguments and options of a command. Each is bound to the member of a struct that holds its value, so
/// that what is declared is what is read; a member's own initial value is the default. A member that is
/// optional, a list or false stays as it is where nothing is given. `names` is `follow`, or `follow,f` with
/// a short form.
class SPANLAB_API Arguments {
 public:
  Arguments();
  ~Arguments();
  Arguments(const Arguments&) = delete;
  Arguments& operator=(const Arguments&) = delete;

  /// Arguments that are known by their place, in the order of the calls. One of the first kind must be given.
  void argument(const std::string& name, std::string& value, const std::string& doc);
  void argument(const std::string& name, std::optional<std::string>& value, const std::string& doc);
  void argument(const std::string& name, std::vector<std::string>& values, int most, const std::string& doc);
  /// One of `choices`, which must be given.
  void argument(const std::string& name, std::string& value, const std::string& doc, const Choices& choices);

  void flag(const std::string& names, bool& value, const std::string& doc);
  void option(const std::string& names, const char* placeholder, std::string& value, const std::string& doc);
  void option(const std::string& names, const char* placeholder, std::optional<std::string>& value,
              const std::string& doc);
  void option(const std::string& names, const char* placeholder, std::vector<std::string>& values,
              const std::string& doc);
  void option(const std::string& names, const char* placeholder, int& value, const std::string& doc,
              const std::optional<Range>& range = {});
  void option(const std::string& names, const char* placeholder, std::int64_t& value, const std::string& doc,
              const std::optional<Range>& range = {});
  void option(const std::string& names, const char* placeholder, std::optional<int>& value,
              const std::string& doc, const std::optional<Range>& range = {});
  void option(const std::string& names, const char* placeholder, std::optional<std::int64_t>& value,
              const std::string& doc, const std::optional<Range>& range = {});
  /// One of `choices`; `value` is the default, which `doc` tells.
  void option(const std::string& names, const char* placeholder, std::string& value, const std::string& doc,
              const Choices& choices);
  /// A value that `read` takes from its text, or refuses with Error(usage).
  void option(const std::string& names, const char* placeholder,
              const std::function<void(const std::string& text)>& read, const std::string& doc);

  /// Says what the argument declared last is, or which texts it takes where something else checks them.
  void argument_takes(Takes takes);
  void argument_takes(Choices choices);
  /// The same of the value of the option declared last.
  void option_takes(Takes takes);
  void option_takes(Choices choices);

  /// Reads a command line's words into the members. Throws Error(usage), naming the nearest option where one
  /// is unknown.
  void read(const std::vector<std::string>& words);

  /// What was declared, in the order of the calls.
  std::span<const ArgumentText> arguments() const;
  std::span<const OptionText> options() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace spanlab::host::cli
