// SPDX-License-Identifier: MIT
#include "plugin/library.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "plugin/elf_file.hpp"
#include "plugin/record.hpp"
#include "sdk/current_call.hpp"
#include "sdk/out_of_memory.hpp"
#include "sdk/utf8.hpp"
#include "spanlab/error.hpp"
#include "spanlab/plugin.hpp"

namespace spanlab::host {

namespace {

// What every loss has beside its own parameters; the training's sum of losses applies it.
void declare_common(ComponentInfo& loss) {
  if (loss.schema.find("sum_weight")) {
    throw std::runtime_error(
        fmt::format("loss/{} declares `sum_weight`, which every loss has: its factor in the sum of losses; "
                    "expected another name",
                    loss.id));
  }
  loss.schema
      .number("sum_weight", 1,
              "factor of this output's loss in the sum of all; 1 for each, as SpERT.MT (Xue & Lu 2023, arXiv "
              "2309.09713) adds "
              "up four losses and gives no weights")
      .range(0, 1e6)
      .later();
}

// A role that its kind does not have would do nothing, in silence.
void check_roles(const Registration& registration, const std::string& name) {
  constexpr std::pair<Role, ComponentKind> kOwners[] = {{Role::pretrained, ComponentKind::encoder},
                                                        {Role::frozen, ComponentKind::encoder},
                                                        {Role::outputs, ComponentKind::head},
                                                        {Role::view, ComponentKind::labeler}};
  for (const auto& [role, kind] : kOwners) {
    const Parameter* parameter = registration.info.schema.find(role);
    if (!parameter || registration.kind() == kind) continue;
    throw std::runtime_error(fmt::format("{} declares '{}' {}, which only a component of the kind {} can be",
                                         name, parameter->name, to_text(role), to_text(kind)));
  }
}

// Keeps what a plugin registers until it has registered everything.
class Collector : public Registrar {
 public:
  void encoder(ComponentInfo info, EncoderFactory factory) override {
    add(std::move(info), std::move(factory));
  }
  void head(ComponentInfo info, HeadFactory factory) override { add(std::move(info), std::move(factory)); }
  void loss(ComponentInfo info, LossFactory factory) override {
    declare_common(info);
    add(std::move(info), std::move(factory));
  }
  void sampler(ComponentInfo info, SamplerFactory factory) override {
    add(std::move(info), std::move(factory));
  }
  void labeler(ComponentInfo info, LabelerFactory factory) override {
    add(std::move(info), std::move(factory));
  }
  void reader(ComponentInfo info, ReaderFactory factory) override {
    add(std::move(info), std::move(factory));
  }

  std::vector<Registration> take() { return std::move(registrations_); }

 private:
  void add(ComponentInfo info, Factory factory) {
    Registration registration{std::move(info), std::move(factory)};
    const std::string name = fmt::format("{}/{}", to_text(registration.kind()), registration.info.id);
    if (registration.info.id.empty()) throw std::runtime_error(fmt::format("{} has no id", name));
    if (valid_utf8(name) != name) throw std::runtime_error(fmt::format("the id of {} is not UTF-8", name));
    registration.info.summary = valid_utf8(registration.info.summary);
    if (std::visit([](const auto& f) { return !f; }, registration.factory))
      throw std::runtime_error(fmt::format("{} has no factory", name));
    check_roles(registration, name);
    const Parameter* inner = registration.info.schema.find(Role::component);
    if (inner &&
        (inner->component_kind != registration.kind() || registration.kind() == ComponentKind::reader)) {
      throw std::runtime_error(
          fmt::format("{} declares '{}' a component of the kind {}; expected its own kind, "
                      "and no reader",
                      name, inner->name, to_text(inner->component_kind)));
    }
    if (inner && registration.kind() == ComponentKind::encoder &&
        !registration.info.schema.find(Role::pretrained)) {
      throw std::runtime_error(fmt::format(
          "{} holds another encoder ('{}') and has no parameter declared pretrained, which that one is over",
          name, inner->name));
    }
    for (const Registration& other : registrations_) {
      if (other.kind() == registration.kind() && other.info.id == registration.info.id) {
        throw std::runtime_error(fmt::format("{} is registered twice", name));
      }
    }
    registrations_.push_back(std::move(registration));
  }

  std::vector<Registration> registrations_;
};

std::string read_and_compare(PluginFile& file, const ElfFile& elf) {
  const std::string_view text = elf.section(SPANLAB_RECORD_SECTION);
  if (text.empty()) {
    throw Error(ErrorKind::plugin, file.file.string(),
                "holds no record of a Spanlab plugin (section " SPANLAB_RECORD_SECTION
                "); use SPANLAB_PLUGIN once and spanlab_add_plugin()");
  }
  const BuildRecord record(text);
  file.name = valid_utf8(record.value("name"));
  file.version = valid_utf8(record.value("version"));
  file.author = valid_utf8(record.value("author"));
  std::vector<Problem> problems;
  for (const std::string& difference : BuildRecord::differences(record, BuildRecord::host())) {
    problems.push_back({file.file.string(), difference});
  }
  if (!problems.empty()) throw Error(ErrorKind::plugin, std::move(problems));
  const std::string_view checksum = BuildRecord::checksum_in(text);
  if (checksum.empty() || checksum == door::kNoChecksum) {
    throw Error(
        ErrorKind::plugin, file.file.string(),
        "holds no checksum: build it with spanlab_add_plugin(), or let 'spanlab plugin seal' write it");
  }
  if (elf.checksum(checksum) != checksum) {
    throw Error(ErrorKind::plugin, file.file.string(),
                "damaged: its code is not what was built; build or copy it again");
  }
  file.segments_hash = elf.segments_hash(text);  // an SDK whose headers changed elsewhere makes no new trials
  return std::string(text.substr(0, text.find('\0')));
}

// The loader's own words say whether the machine is at its limit.
ErrorKind kind_of_loading(std::string_view message) {
  for (const int reason : {EMFILE, ENFILE, ENOMEM, EIO}) {
    if (message.find(std::strerror(reason)) != message.npos) return ErrorKind::environment;
  }
  return ErrorKind::plugin;
}

const door::Entry& open_door(const std::filesystem::path& file, const ElfFile& read) {
  void* library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    const std::string message = dlerror();
    throw Error(kind_of_loading(message), file.string(), fmt::format("cannot be loaded: {}", message));
  }
  // What was loaded is what was read only if the name meant the same file, with the same bytes, before and
  // after.
  if (!read.is_unchanged()) {
    throw Error(ErrorKind::plugin, file.string(), "changed while it was being loaded; start again");
  }
  auto* door = reinterpret_cast<const door::Entry* (*)()>(dlsym(library, "spanlab_plugin"));
  if (!door) {
    throw Error(ErrorKind::plugin, file.string(),
                "does not export spanlab_plugin; use SPANLAB_PLUGIN once and spanlab_add_plugin()");
  }
  return *door();
}

}  // namespace

std::vector<Registration> load_library(PluginFile& file) {
  const CurrentCall call(file.file.native(), "registration");
  const ElfFile elf(file.file);
  const std::string text = read_and_compare(file, elf);
  const door::Entry& entry = open_door(std::filesystem::absolute(file.file), elf);
  if (text != entry.record) {
    throw Error(ErrorKind::plugin, file.file.string(), "changed while it was being loaded");
  }
  Collector collector;
  try {
    entry.register_components(collector);
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    if (says_out_of_memory(error)) throw std::bad_alloc();
    throw Error(ErrorKind::plugin, file.file.string(),
                fmt::format("its registration failed: {}", first_line(error.what())));
  } catch (...) {
    throw Error(ErrorKind::plugin, file.file.string(),
                "its registration failed with an exception of an unknown type");
  }
  return collector.take();
}

}  // namespace spanlab::host
