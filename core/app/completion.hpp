// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "app/study.hpp"
#include "editor/candidates.hpp"

// What may stand in a command line, for the completion of shells. Nothing is written, and what is broken
// throws as it does elsewhere.

namespace spanlab::host::app {

using editor::Candidate;

/// The shells for which there is a script.
inline constexpr const char* kShells[] = {"bash", "zsh", "fish"};

/// The script that makes a shell ask the hidden command `complete`. `shell` is one of kShells.
std::string completion_script(const std::string& shell, const Places& places);

/// The studies of the run store.
std::vector<Candidate> study_names(const Places& places);

/// The trials of the run store, each by the shortest beginning of its hash, from eight letters on, that no
/// other one has.
std::vector<Candidate> trial_prefixes(const Places& places);

/// The rows of the stored studies, each as STUDY:ROW.
std::vector<Candidate> study_rows(const Places& places);

std::vector<Candidate> data_names(const Places& places);
std::vector<Candidate> model_names(const Places& places);

/// Every component as KIND/ID.
std::vector<Candidate> components(const Places& places);

/// The profiles of a study's script.
std::vector<Candidate> profiles(const std::string& script);

/// What `--set` may be given for the study of a script, whose other options stand in `options`: paths, and
/// from the sign on the values of the path.
std::vector<Candidate> changes(const ScriptOptions& options, const std::string& begun, const Places& places);

/// What `help` explains, beside commands: paths of settings, and components.
std::vector<Candidate> topics(const Places& places);

}  // namespace spanlab::host::app
