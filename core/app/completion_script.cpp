// SPDX-License-Identifier: MIT
// Scripts for shells. Each hands the words before the cursor, and the one at it, to the hidden command
// `complete`, which answers with a candidate a line: the word, and behind a tab what it is. A line that
// begins with a colon asks for the shell's own completion: `:files`, `:files.lua`, `:folders`.
#include "app/completion.hpp"
#include "text/shell_text.hpp"

namespace spanlab::host::app {

namespace {

// Bash divides words at the characters of COMP_WORDBREAKS, `=` among them, and completes the last part: words
// are put together again, and what candidates share with the parts before is cut off.
constexpr const char* kBash = R"sh(# Completion of spanlab for bash: eval "$(spanlab completion bash)"
_spanlab() {
  local rest=$COMP_LINE given=() i word line
  for ((i = 0; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if ((i > 0)) && [[ $rest != [[:space:]]* ]]; then
      given[${#given[@]} - 1]+=$word
    else
      rest=${rest#"${rest%%[![:space:]]*}"}
      given+=("$word")
    fi
    rest=${rest#"$word"}
  done
  local current=${given[${#given[@]} - 1]} program
  local before=${current%"${current##*[=:]}"}
  program=$(type -P spanlab) || program=@program@
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      :*)
        compopt -o filenames 2> /dev/null
        mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(
          compgen -d -- "${current#"$before"}"
          [[ $line = :folders ]] || compgen -f -X "!*?${line#:files}" -- "${current#"$before"}"
        ) ;;
      *)
        word=${line%%$'\t'*}
        [[ $word != *= ]] || compopt -o nospace 2> /dev/null
        word=${word#"$before"}
        [[ $word != *[!a-zA-Z0-9_.,:=/+-]* ]] || printf -v word %q "$word"
        COMPREPLY+=("$word") ;;
    esac
  done < <("$program" complete -- "${given[@]:1}" 2> /dev/null)
}
complete -F _spanlab spanlab
)sh";

constexpr const char* kZsh = R"sh(#compdef spanlab
# Completion of spanlab for zsh: eval "$(spanlab completion zsh)" after compinit
_spanlab() {
  local program=${commands[spanlab]:-@program@} line word
  local -a open closed open_shown closed_shown
  for line in "${(@f)$("$program" complete -- "${(@Q)words[2,CURRENT]}" 2> /dev/null)}"; do
    word=${line%%$'\t'*}
    case $line in
      '') ;;
      ':folders') compset -P '*='; _files -/ ;;
      ':files'*) compset -P '*='; _files -g "*${line#:files}" ;;
      *=$'\t'* | *=) open+=("$word"); open_shown+=("${line/$'\t'/  -- }") ;;
      *) closed+=("$word"); closed_shown+=("${line/$'\t'/  -- }") ;;
    esac
  done
  (( $#open )) && compadd -l -S '' -d open_shown -a open
  (( $#closed )) && compadd -l -d closed_shown -a closed
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _spanlab "$@"; else compdef _spanlab spanlab; fi
)sh";

constexpr const char* kFish = R"sh(# Completion of spanlab for fish: spanlab completion fish | source
function __spanlab_complete
  set -l program (type -P spanlab; or echo @program@)[1]
  set -l before (commandline -opc)
  set -l current (commandline -ct)
  for line in ($program complete -- $before[2..-1] "$current" 2> /dev/null)
    switch $line
      case ':folders'
        __fish_complete_directories "$current"
      case ':files*'
        __fish_complete_suffix "$current" (string replace ':files' '' -- $line)
      case '*'
        echo $line
    end
  end
end
complete -c spanlab -f -a '(__spanlab_complete)'
)sh";

}  // namespace

std::string completion_script(const std::string& shell, const Places& places) {
  std::string script = shell == "zsh" ? kZsh : shell == "fish" ? kFish : kBash;
  constexpr std::string_view kMark = "@program@";
  const std::size_t at = script.find(kMark);
  return script.replace(at, kMark.size(), shell_word(places.program.string()));
}

}  // namespace spanlab::host::app
