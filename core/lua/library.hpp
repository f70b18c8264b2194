// SPDX-License-Identifier: MIT
#pragma once

#include <lua.hpp>
#include <string>
#include <string_view>

namespace spanlab::host::lua {

/// What the functions of `require "spanlab"` make. Those up to `study`, and `variants`, take a name and a
/// table: `lab.encoder "bert" { … }`.
enum class NodeKind {
  encoder,
  head,
  loss,
  sampler,
  labeler,
  data,
  study,
  model,
  task,
  grid,
  product,
  zip,
  union_of,
  variants,
  where,
  when,
  sample
};

/// The name of the function.
std::string_view to_text(NodeKind kind);
bool takes_name(NodeKind kind);
bool is_space(NodeKind kind);

/// A description's node: userdata whose parts lie in its user values. It cannot be changed by the script.
struct Node {
  NodeKind kind;
  int line;       ///< of the call that made it
  bool complete;  ///< false between `lab.encoder "bert"` and its table
};

/// The user values of a node.
enum NodePart { kText = 1, kId, kFirst, kSecond, kThird, kParts = kThird };

/// The node at `index` of the stack, or null.
const Node* node_at(lua_State* state, int index);

/// A text part of a node, or empty.
std::string node_string(lua_State* state, int index, NodePart part);

/// A value in words and without an address: `encoder "bert"`, `table`.
std::string node_text(lua_State* state, int index);

/// Makes the library; once per state.
void install_library(lua_State* state);

/// Pushes what `require "spanlab"` returns.
void push_library(lua_State* state);

}  // namespace spanlab::host::lua
