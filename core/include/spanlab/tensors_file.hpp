// SPDX-License-Identifier: MIT
#pragma once

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <map>
#include <string>

#include "spanlab/export.hpp"

namespace spanlab {

using NamedTensors = std::map<std::string, at::Tensor>;

/// Tensors and metadata of a .safetensors file.
struct TensorsFile {
  NamedTensors tensors;
  std::map<std::string, std::string> metadata;
  /// Tensors whose numbers LibTorch has no type for: name → type, as F8_E4M3.
  std::map<std::string, std::string> others = {};
};

/// Maps the file; tensors share its pages (copy on write). Throws Error(data) naming file, tensor and offset
/// for a truncated or malformed file, shapes that no tensor has, or ranges that overlap or leave gaps.
SPANLAB_API TensorsFile read_tensors(const std::filesystem::path& file);

/// Writes to a temporary name beside `file`, syncs and renames. Throws Error(environment) if the disk
/// refuses.
SPANLAB_API void write_tensors(const std::filesystem::path& file, const NamedTensors& tensors,
                               const std::map<std::string, std::string>& metadata = {});

}  // namespace spanlab
