// SPDX-License-Identifier: MIT
#include "spanlab/generator.hpp"

#include <bit>
#include <cmath>
#include <sstream>

#include "spanlab/error.hpp"

namespace spanlab {

namespace {

std::uint64_t split_mix(std::uint64_t& state) {
  std::uint64_t z = (state += 0x9e3779b97f4a7c15u);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

}  // namespace

Generator::Generator(std::uint64_t seed) : seed_(seed) {
  for (std::uint64_t& word : state_) word = split_mix(seed);
}

std::uint64_t Generator::next() {
  std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
  std::uint64_t t = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= t;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

std::uint64_t Generator::below(std::uint64_t bound) {
  std::uint64_t reject = (0 - bound) % bound;
  for (;;) {
    std::uint64_t draw = next();
    if (draw >= reject) return draw % bound;
  }
}

double Generator::uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

double Generator::normal() {
  for (;;) {
    double u = 2 * uniform() - 1;
    double v = 2 * uniform() - 1;
    double s = u * u + v * v;
    if (s > 0 && s < 1) return u * std::sqrt(-2 * std::log(s) / s);
  }
}

Generator Generator::split(std::uint64_t purpose) const {
  std::uint64_t state = seed_;
  std::uint64_t mixed = split_mix(state) ^ std::rotl(purpose, 32);
  return Generator(split_mix(mixed));
}

Generator Generator::split(std::string_view purpose) const {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (unsigned char c : purpose) hash = (hash ^ c) * 0x100000001b3u;
  return split(hash);
}

std::string Generator::save() const {
  std::ostringstream text;
  text << "xoshiro256** " << seed_;
  for (std::uint64_t word : state_) text << ' ' << word;
  return text.str();
}

Generator Generator::restore(std::string_view text) {
  std::istringstream stream{std::string(text)};
  std::string name;
  Generator generator(0);
  stream >> name >> generator.seed_;
  for (std::uint64_t& word : generator.state_) stream >> word;
  if (!stream || name != "xoshiro256**") {
    throw Error(ErrorKind::data, "", "not a generator state: " + std::string(text));
  }
  return generator;
}

}  // namespace spanlab
