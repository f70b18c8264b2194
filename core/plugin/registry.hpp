// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "spanlab/component.hpp"

namespace spanlab::host {

/// A plugin that was found, loaded or refused.
struct PluginFile {
  std::filesystem::path file;
  std::string name;
  std::string version;
  std::string author;
  /// Why it was not loaded; empty if it was.
  std::string refusal;
  /// Hash of its loadable segments without its record: an edit of its code gives a new one, strip does not,
  /// and neither does a rebuild with SDK headers that differ where the plugin does not use them.
  std::string segments_hash;
};

/// All kinds of components, in the order in which they are listed.
inline constexpr ComponentKind kComponentKinds[] = {ComponentKind::encoder, ComponentKind::head,
                                                    ComponentKind::loss,    ComponentKind::sampler,
                                                    ComponentKind::labeler, ComponentKind::reader};

/// Name of a kind in scripts, files and on the command line, and back (throws Error(usage)).
SPANLAB_API std::string_view to_text(ComponentKind kind);
SPANLAB_API ComponentKind component_kind(std::string_view text);

/// The components of all loaded plugins. Filled once at start, read afterwards.
class SPANLAB_API Registry {
 public:
  Registry();
  ~Registry();
  Registry(Registry&&) noexcept;

  /// Searches `folders` in order (files *.so) and loads what is found; an entry may also be a file. A refused
  /// plugin is listed in files() with the reason; if an entry names it, Error(plugin) is thrown with the
  /// reason at the end; so it is for an id registered twice, naming both files. An absent folder is passed
  /// over. Files that are not of own_plugin_folder() are loaded in a process that is thrown away first: one
  /// that ends it is refused.
  void load(std::span<const std::filesystem::path> folders);

  std::vector<std::string> ids(ComponentKind kind) const;
  bool contains(ComponentKind kind, const std::string& id) const;
  /// Throws as throw_if_refused, else Error(usage) with the nearest known id and where to look.
  const ComponentInfo& info(ComponentKind kind, const std::string& id) const;
  /// Throws Error(plugin) with the refusals if the unknown component may come from a refused plugin: one of
  /// that name, or any where no known id is near.
  void throw_if_refused(ComponentKind kind, const std::string& id) const;
  const PluginFile& plugin_of(ComponentKind kind, const std::string& id) const;
  /// What stands for the component's code in a trial's identity: `results_version`, else the plugin's
  /// segments hash.
  std::string identity(ComponentKind kind, const std::string& id) const;
  std::span<const PluginFile> files() const;

  /// Build components. Exceptions of a factory come out with the component's id in front.
  std::shared_ptr<Encoder> encoder(const std::string& id, const Parameters& parameters,
                                   const EncoderSetup& setup) const;
  std::shared_ptr<Head> head(const std::string& id, const Parameters& parameters,
                             const HeadSetup& setup) const;
  std::shared_ptr<Loss> loss(const std::string& id, const Parameters& parameters,
                             const LossSetup& setup) const;
  std::shared_ptr<Sampler> sampler(const std::string& id, const Parameters& parameters,
                                   const SamplerSetup& setup) const;
  std::shared_ptr<SoftLabeler> labeler(const std::string& id, const Parameters& parameters,
                                       const LabelerSetup& setup) const;
  std::shared_ptr<Reader> reader(const std::string& id, const Parameters& parameters) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The installation's or build's own plugins.
std::filesystem::path own_plugin_folder();

/// `--plugin-path` entries, $SPANLAB_PLUGIN_PATH, the user's folder, the installation's or build's own
/// folder. Throws Error(plugin) if an entry of `plugin_path` does not exist.
SPANLAB_API std::vector<std::filesystem::path> plugin_folders(std::span<const std::string> plugin_path);

}  // namespace spanlab::host
