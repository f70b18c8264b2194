// SPDX-License-Identifier: MIT
#pragma once

/// Marks what libspanlab.so exports: every class and function that a plugin or a test may use.
#define SPANLAB_API __attribute__((visibility("default")))
