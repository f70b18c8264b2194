// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "spanlab/kernel.hpp"

// Functions that the compiler turns into vector code inside a SPANLAB_KERNEL; errors are a few units in the
// last place of single precision.

namespace spanlab {

/// e^x for x ≤ 0: with x = k·ln2 + r, |r| ≤ ln2/2, it is 2^k · p(r), p being Cephes' polynomial. ln2 is taken
/// off in two parts, of which the first is exact times k, so that r keeps its last digits. Below -87 the
/// result would not be a normal number; it stays at e^-87.
SPANLAB_INLINE float exp_of_negative(float x) {
  x = x < -87.0f ? -87.0f : x;
  const float magic = 12582912.0f;  // 1.5·2^23: adding it rounds to an integer
  const float k = (x * 1.44269504f + magic) - magic;
  float r = x - k * 0.693359375f;
  r -= k * -2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1.0f;
  return p * __builtin_bit_cast(float, (static_cast<std::int32_t>(k) + 127) << 23);
}

/// 1/(1 + e^-x), by e^-|x|, which cannot overflow.
SPANLAB_INLINE float logistic(float x) {
  const float e = exp_of_negative(-__builtin_fabsf(x));
  return (x >= 0 ? 1.0f : e) / (1.0f + e);
}

SPANLAB_INLINE float tanh_of(float x) {
  const float e = exp_of_negative(-2.0f * __builtin_fabsf(x));
  return __builtin_copysignf((1.0f - e) / (1.0f + e), x);
}

/// The error function as a quotient of polynomials in x² on [-4, 4], where it reaches ±1 (the form that Eigen
/// uses).
SPANLAB_INLINE float erf_of(float x) {
  x = x > 4.0f ? 4.0f : x < -4.0f ? -4.0f : x;
  const float s = x * x;
  float p = -2.72614225801306e-10f;
  p = p * s + 2.77068142495902e-08f;
  p = p * s + -2.10102402082508e-06f;
  p = p * s + -5.69250639462346e-05f;
  p = p * s + -7.34990630326855e-04f;
  p = p * s + -2.95459980854025e-03f;
  p = p * s + -1.60960333262415e-02f;
  float q = -1.45660718464996e-05f;
  q = q * s + -2.13374055278905e-04f;
  q = q * s + -1.68282697438203e-03f;
  q = q * s + -7.37332916720468e-03f;
  q = q * s + -1.42647390514189e-02f;
  return x * p / q;
}

}  // namespace spanlab
