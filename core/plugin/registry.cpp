// SPDX-License-Identifier: MIT
#include "plugin/registry.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <new>
#include <set>
#include <utility>

#include "plugin/first_load.hpp"
#include "plugin/library.hpp"
#include "sdk/context_state.hpp"
#include "sdk/current_call.hpp"
#include "sdk/out_of_memory.hpp"
#include "sdk/utf8.hpp"
#include "spanlab/encoder.hpp"
#include "spanlab/error.hpp"
#include "spanlab/head.hpp"
#include "spanlab/labeler.hpp"
#include "spanlab/loss.hpp"
#include "spanlab/reader.hpp"
#include "spanlab/sampler.hpp"

namespace spanlab::host {

namespace {

constexpr std::array<std::string_view, 6> kKinds{"encoder", "head", "loss", "sampler", "labeler", "reader"};

std::string full_name(ComponentKind kind, const std::string& id) {
  return fmt::format("{}/{}", to_text(kind), id);
}

// A library that was found, and whether it was named itself.
struct Candidate {
  std::filesystem::path file;
  bool named;
};

// A folder's libraries by name, or the file itself.
std::vector<std::filesystem::path> libraries(const std::filesystem::path& entry) {
  if (!std::filesystem::is_directory(entry)) return {entry};
  std::vector<std::filesystem::path> files;
  for (const auto& item : std::filesystem::directory_iterator(entry)) {
    if (item.path().extension() == ".so") files.push_back(item.path());
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace

std::string_view to_text(ComponentKind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

ComponentKind component_kind(std::string_view text) {
  const auto found = std::ranges::find(kKinds, text);
  if (found != kKinds.end()) return static_cast<ComponentKind>(found - kKinds.begin());
  const std::vector<std::string> known(kKinds.begin(), kKinds.end());
  throw Error(ErrorKind::usage, "",
              fmt::format("unknown kind '{}'{}\n   known kinds: {}", text, did_you_mean(text, known),
                          fmt::join(known, ", ")));
}

struct Registry::State {
  struct Component {
    Registration registration;
    std::size_t file;
  };

  std::vector<PluginFile> files;
  std::set<std::filesystem::path> seen;
  std::map<std::pair<ComponentKind, std::string>, Component> components;

  const Component* find(ComponentKind kind, const std::string& id) const {
    const auto found = components.find({kind, id});
    return found == components.end() ? nullptr : &found->second;
  }

  std::vector<Candidate> candidates(std::span<const std::filesystem::path> folders) {
    std::vector<Candidate> found;
    for (const std::filesystem::path& entry : folders) {
      const bool named = !std::filesystem::is_directory(entry);
      if (named && entry.extension() != ".so" && !std::filesystem::exists(entry)) continue;
      for (std::filesystem::path& file : libraries(entry)) {
        if (seen.insert(std::filesystem::weakly_canonical(file)).second) {
          found.push_back({std::move(file), named});
        }
      }
    }
    return found;
  }

  // Lists the file with its refusal, if any; gives what must not be passed over: every problem of a file that
  // was `named`, and ids that another plugin has registered. One with a `danger` is not touched.
  std::vector<Problem> load(const Candidate& candidate, const std::string& danger) {
    PluginFile& file = files.emplace_back();
    file.file = candidate.file;
    file.name = candidate.file.stem();
    std::vector<Problem> problems;
    bool fatal = candidate.named;
    try {
      if (!danger.empty()) throw Error(ErrorKind::plugin, file.file.string(), danger);
      std::vector<Registration> registrations = load_library(file);
      problems = conflicts(file, registrations);
      fatal = true;
      if (problems.empty()) add(std::move(registrations));
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::environment) throw;  // the machine refused it, not the door
      problems = error.problems();
    }
    for (const Problem& problem : problems)
      file.refusal += (file.refusal.empty() ? "" : "\n") + problem.message;
    return fatal ? problems : std::vector<Problem>();
  }

  void add(std::vector<Registration> registrations) {
    for (Registration& registration : registrations) {
      std::pair key{registration.kind(), registration.info.id};
      components.emplace(std::move(key), Component{std::move(registration), files.size() - 1});
    }
  }

  std::vector<Problem> conflicts(const PluginFile& file, std::span<const Registration> registrations) const {
    std::vector<Problem> problems;
    for (const Registration& registration : registrations) {
      if (const Component* other = find(registration.kind(), registration.info.id)) {
        problems.push_back(
            {file.file.string(), fmt::format("{} is registered by {} already; remove one of the two files",
                                             full_name(registration.kind(), registration.info.id),
                                             files[other->file].file.string())});
      }
    }
    return problems;
  }

  std::vector<std::string> ids(ComponentKind kind) const {
    std::vector<std::string> ids;
    for (const auto& [key, component] : components) {
      if (key.first == kind) ids.push_back(key.second);
    }
    return ids;
  }

  void throw_if_refused(ComponentKind kind, const std::string& id) const {
    const bool is_near = !nearest(id, ids(kind)).empty();
    std::vector<Problem> problems;
    for (const PluginFile& file : files) {
      if (file.refusal.empty()) continue;
      const bool has_name = file.name == id || file.file.stem() == id;
      if (has_name || !is_near) {
        problems.push_back(
            {file.file.string(), fmt::format("{} is not known {} plugin was refused: {}", full_name(kind, id),
                                             has_name ? "because its" : "and this", file.refusal)});
      }
    }
    if (!problems.empty()) throw Error(ErrorKind::plugin, std::move(problems));
  }

  const Component& get(ComponentKind kind, const std::string& id) const {
    if (const Component* component = find(kind, id)) return *component;
    throw_if_refused(kind, id);
    const std::vector<std::string> known = ids(kind);
    throw Error(
        ErrorKind::usage, "",
        fmt::format("unknown {} '{}'{}\n   known: {} (`spanlab plugin list` shows them and refused plugins)",
                    to_text(kind), id, did_you_mean(id, known),
                    known.empty() ? "none" : fmt::format("{}", fmt::join(known, ", "))));
  }

  // What messages call a component, and what stands for its code.
  Context named_for(const Component& component, const Context& context) const {
    const ComponentInfo& info = component.registration.info;
    const PluginFile& file = files[component.file];
    return named(
        context,
        fmt::format("{} of {}", full_name(component.registration.kind(), info.id), file.file.string()),
        file.segments_hash);
  }

  template <typename FactoryType, typename Setup>
  auto make(ComponentKind kind, const std::string& id, const Parameters& parameters, Setup setup) const {
    setup.context = named_for(get(kind, id), setup.context);
    auto made = create<FactoryType>(kind, id, parameters, std::as_const(setup));
    made->attach(setup.context);
    return made;
  }

  template <typename FactoryType, typename... Arguments>
  auto create(ComponentKind kind, const std::string& id, const Arguments&... arguments) const {
    const Component& component = get(kind, id);
    const std::string name = full_name(kind, id);
    const std::string whose = fmt::format("{} of {}", name, files[component.file].file.string());
    const CurrentCall call(whose, "factory");
    try {
      auto made = std::get<FactoryType>(component.registration.factory)(arguments...);
      if (!made)
        throw Error(ErrorKind::plugin, files[component.file].file.string(), "its factory gave nothing");
      return made;
    } catch (const Error& error) {
      std::vector<Problem> problems = error.problems();
      for (Problem& problem : problems)
        problem.place = problem.place.empty() ? name : fmt::format("{}: {}", name, problem.place);
      throw Error(error.kind(), std::move(problems));
    } catch (const OutOfMemory&) {
      throw;  // of a component inside this one
    } catch (const std::bad_alloc&) {
      throw OutOfMemory(fmt::format("out of memory in {}, factory", whose));
    } catch (const std::exception& error) {
      if (says_out_of_memory(error)) throw OutOfMemory(fmt::format("out of memory in {}, factory", whose));
      throw Error(ErrorKind::plugin, whose + ", factory", first_line(error.what()));
    } catch (...) {
      throw Error(ErrorKind::plugin, whose + ", factory", "threw something that is no std::exception");
    }
  }
};

Registry::Registry() : state_(std::make_unique<State>()) {}
Registry::~Registry() = default;
Registry::Registry(Registry&&) noexcept = default;

void Registry::load(std::span<const std::filesystem::path> folders) {
  const std::vector<Candidate> candidates = state_->candidates(folders);
  const std::filesystem::path own = own_plugin_folder();
  std::vector<std::filesystem::path> foreign;
  for (const Candidate& candidate : candidates) {
    const bool is_own = std::filesystem::weakly_canonical(candidate.file).parent_path() == own;
    if (!is_own) foreign.push_back(candidate.file);
  }
  const auto dangers = dangers_of_loading(foreign);
  std::vector<Problem> problems;
  for (const Candidate& candidate : candidates) {
    const auto danger = dangers.find(candidate.file);
    for (Problem& problem : state_->load(candidate, danger == dangers.end() ? "" : danger->second)) {
      problems.push_back(std::move(problem));
    }
  }
  if (!problems.empty()) throw Error(ErrorKind::plugin, std::move(problems));
}

std::vector<std::string> Registry::ids(ComponentKind kind) const { return state_->ids(kind); }
void Registry::throw_if_refused(ComponentKind kind, const std::string& id) const {
  state_->throw_if_refused(kind, id);
}
bool Registry::contains(ComponentKind kind, const std::string& id) const {
  return state_->find(kind, id) != nullptr;
}
const ComponentInfo& Registry::info(ComponentKind kind, const std::string& id) const {
  return state_->get(kind, id).registration.info;
}
const PluginFile& Registry::plugin_of(ComponentKind kind, const std::string& id) const {
  return state_->files[state_->get(kind, id).file];
}
std::span<const PluginFile> Registry::files() const { return state_->files; }

std::string Registry::identity(ComponentKind kind, const std::string& id) const {
  const ComponentInfo& component = info(kind, id);
  return component.results_version > 0 ? fmt::format("results-{}", component.results_version)
                                       : plugin_of(kind, id).segments_hash;
}

std::shared_ptr<Encoder> Registry::encoder(const std::string& id, const Parameters& parameters,
                                           const EncoderSetup& setup) const {
  auto made = state_->make<EncoderFactory>(ComponentKind::encoder, id, parameters, setup);
  const Schema& schema = info(ComponentKind::encoder, id).schema;
  if (setup.inner) made->take_inner(schema.find(Role::component)->name, setup.inner);
  const Parameter* frozen = schema.find(Role::frozen);
  if (frozen && parameters.boolean(frozen->name)) made->freeze();
  return made;
}
std::shared_ptr<Head> Registry::head(const std::string& id, const Parameters& parameters,
                                     const HeadSetup& setup) const {
  return state_->make<HeadFactory>(ComponentKind::head, id, parameters, setup);
}
std::shared_ptr<Loss> Registry::loss(const std::string& id, const Parameters& parameters,
                                     const LossSetup& setup) const {
  return state_->make<LossFactory>(ComponentKind::loss, id, parameters, setup);
}
std::shared_ptr<Sampler> Registry::sampler(const std::string& id, const Parameters& parameters,
                                           const SamplerSetup& setup) const {
  return state_->make<SamplerFactory>(ComponentKind::sampler, id, parameters, setup);
}
std::shared_ptr<SoftLabeler> Registry::labeler(const std::string& id, const Parameters& parameters,
                                               const LabelerSetup& setup) const {
  return state_->make<LabelerFactory>(ComponentKind::labeler, id, parameters, setup);
}
std::shared_ptr<Reader> Registry::reader(const std::string& id, const Parameters& parameters) const {
  auto made = state_->create<ReaderFactory>(ComponentKind::reader, id, parameters);
  made->attach(state_->named_for(state_->get(ComponentKind::reader, id), Context()));
  return made;
}

}  // namespace spanlab::host
