// SPDX-License-Identifier: MIT
// In place of LibTorch's header of this name, which torch/types.h includes and does not use: no operators are registered here.
#pragma once
