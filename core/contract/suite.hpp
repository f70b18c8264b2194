// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "plugin/registry.hpp"
#include "spanlab/contract.hpp"
#include "spanlab/error.hpp"

// The contract suite as it is run: spanlab/contract.hpp says what it is for.

namespace spanlab::host::suite {

/// A component by its name.
struct Name {
  ComponentKind kind = ComponentKind::encoder;
  std::string id;

  std::string text() const;  ///< `loss/bce`
};

/// Is told what is begun, and what came of it.
struct Listener {
  std::function<void(const std::string& component, const std::string& item)> begins;
  std::function<void(const contract::Result& result)> ends;
};

/// What the suite asks, in its order: names and promises.
struct ItemText {
  std::string name, promise;
};
SPANLAB_API std::vector<ItemText> item_texts();

/// The name of the item that a plugin can be loaded and registers its components.
inline constexpr const char* kLoads = "loads";

/// Why the file was refused, without its name before each line.
SPANLAB_API std::string refusal_text(const Error& error, const std::filesystem::path& plugin);

/// A plugin, or a folder of them, loaded to be checked. One at a time.
class SPANLAB_API Suite {
 public:
  /// Loads it, and the plugins around it. Throws Error(plugin) where a file cannot be.
  explicit Suite(const contract::Request& request);
  ~Suite();
  Suite(const Suite&) = delete;
  Suite& operator=(const Suite&) = delete;

  /// Files of the folder that were refused: what came of their item `loads`.
  std::vector<contract::Result> refused() const;
  /// What is to be checked. Throws Error(usage) for a component that the plugin does not have, or if it has
  /// none at all.
  std::vector<Name> components() const;
  /// Every item that is for such a component.
  void check(const Name& component, const Listener& listener) const;

 private:
  std::vector<Name> registered() const;

  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace spanlab::host::suite
