// SPDX-License-Identifier: MIT
// What nearly every file that sees tensors includes: parsing it once halves the build.
#pragma once
#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/nn/module.h>

#include <nlohmann/json.hpp>
