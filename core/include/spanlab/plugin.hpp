// SPDX-License-Identifier: MIT
#pragma once

// The door between the host and a plugin. A plugin uses the macro once, in one of its sources:
//
//   SPANLAB_PLUGIN("focal", "1.0", "A. Author") {
//     registrar.loss({.id = "focal", .summary = "focal loss", .schema = schema()}, make_focal);
//   }
//
// The record of how it was built stands as text in a section of the library, where the host reads it before
// any of the plugin's code can run.

#include <ATen/core/Tensor.h>
#include <torch/version.h>

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "spanlab/batch.hpp"
#include "spanlab/candidates.hpp"
#include "spanlab/component.hpp"
#include "spanlab/toolchain.hpp"

#if !__has_include("spanlab/sdk_hash.hpp")
#error "spanlab/sdk_hash.hpp is made by the build: use spanlab_add_plugin() (see docs/plugins.md)"
#endif
#include "spanlab/sdk_hash.hpp"

namespace spanlab::door {

/// Raised when the meaning of the door itself changes.
inline constexpr int kApi = 1;

/// Section of the library that holds the record.
#define SPANLAB_RECORD_SECTION ".spanlab"

/// What stands in the record for the checksum of the linked library until `spanlab plugin seal` writes it
/// there, which spanlab_add_plugin() lets the build do.
inline constexpr char kNoChecksum[] = "0000000000000000000000000000000000000000000000000000000000000000";

/// Lines `key=value`, ended by a zero byte.
struct Record {
  char text[1536] = {};
};

/// What the library's one exported function, `spanlab_plugin`, returns.
struct Entry {
  int api;
  const char* record;  ///< the text that stands in the section
  void (*register_components)(Registrar&);
};

/// Appends lines to a record at compile time; too long a record does not compile.
class RecordWriter {
 public:
  consteval RecordWriter& line(const char* key, const char* value) {
    for (; *key; ++key) put(*key);
    put('=');
    for (; *value; ++value) put(*value == '\n' ? throw "a record's value has one line" : *value);
    put('\n');
    return *this;
  }
  consteval RecordWriter& line(const char* key, std::size_t value) { return line(key, "", value); }
  consteval RecordWriter& line(const char* key, const char* prefix, std::size_t value) {
    char text[64] = {};
    char* end = text;
    while (*prefix) *end++ = *prefix++;
    std::size_t unit = 1;
    while (value / unit >= 10) unit *= 10;
    for (; unit > 0; unit /= 10) *end++ = static_cast<char>('0' + value / unit % 10);
    return line(key, text);
  }
  consteval const Record& record() const { return record_; }

 private:
  consteval void put(char c) {
    record_.text[length_] = c;
    if (++length_ == sizeof record_.text) throw "the record is too long";
  }
  Record record_;
  std::size_t length_ = 0;
};

/// How the code that asks was built.
consteval Record make_record(const char* name, const char* version, const char* author) {
  return RecordWriter()
      .line("name", name)
      .line("version", version)
      .line("author", author)
      .line("plugin API", kApi)
      .line("LibTorch", TORCH_VERSION)
      .line("C++11 ABI", _GLIBCXX_USE_CXX11_ABI)
      .line("compiler", SPANLAB_COMPILER)
      .line("standard library", SPANLAB_STANDARD_LIBRARY)
      .line("size of std::string", sizeof(std::string))
      .line("size of std::vector", sizeof(std::vector<int>))
      .line("size of std::function", sizeof(std::function<void()>))
      .line("size of at::Tensor", sizeof(at::Tensor))
      .line("size of ComponentInfo", sizeof(ComponentInfo))
      .line("size of Batch", sizeof(Batch))
      .line("size of Candidates", sizeof(Candidates))
      .line("SDK headers", SPANLAB_SDK_HASH)
      .line("checksum", kNoChecksum)
      .record();
}

}  // namespace spanlab::door

/// Makes the library a plugin; the block after it registers the components with `registrar`.
#define SPANLAB_PLUGIN(name, version, author)                                                        \
  static void spanlab_register(::spanlab::Registrar& registrar);                                     \
  [[gnu::used,                                                                                       \
    gnu::section(SPANLAB_RECORD_SECTION)]] static constexpr ::spanlab::door::Record spanlab_record = \
      ::spanlab::door::make_record(name, version, author);                                           \
  extern "C" SPANLAB_API const ::spanlab::door::Entry* spanlab_plugin() noexcept {                   \
    static constexpr ::spanlab::door::Entry entry{::spanlab::door::kApi, spanlab_record.text,        \
                                                  spanlab_register};                                 \
    return &entry;                                                                                   \
  }                                                                                                  \
  static void spanlab_register(::spanlab::Registrar& registrar)
