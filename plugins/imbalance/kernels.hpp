// SPDX-License-Identifier: MIT
#pragma once

#include <ATen/core/Tensor.h>

#include <span>
#include <vector>

namespace spanlab {

/// What decides which class is right: one softmax over all columns, or a sigmoid per column.
enum class Form { softmax, sigmoid };

/// -(1-p)^gamma log p for every entry of `scores` [N,K], were its class the right one (Lin et al. 2017,
/// equation 4; gamma 0: the cross-entropy). `Form::softmax`: p is the entry of its row's softmax;
/// `Form::sigmoid`: its sigmoid. Exact also where p or 1-p is too small for a number.
at::Tensor focal_terms(const at::Tensor& scores, Form form, double gamma);

/// What a class counts: (1-beta)/(1-beta^n) (Cui et al. 2019, equation 2), scaled so that the classes that
/// occur have mean 1. A class with count 0 gets 0.
std::vector<double> class_weights(std::span<const std::int64_t> counts, double beta);

/// `targets` [N,T] with a column 0 before them that takes what the types leave of 1, where `columns` is T+1.
at::Tensor with_none(const at::Tensor& targets, std::int64_t columns);

}  // namespace spanlab
