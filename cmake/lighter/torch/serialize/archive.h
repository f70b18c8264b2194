// SPDX-License-Identifier: MIT
// In place of LibTorch's header of this name: torch::nn::Module only mentions archives, and theirs brings in all of TorchScript.
#pragma once
namespace torch::serialize {
class InputArchive;
class OutputArchive;
}  // namespace torch::serialize
