// SPDX-License-Identifier: MIT
// usage: spanlab_benchmarks rates|kernels|checks [--threads N] [--bf16 1] [--width H] [--inner I] [--layers
// L]
// [--rows N]… [--milliseconds N]
//
// Prints JSON: what products and memory of this machine reach, or what the kernels of a step
// take, or what it costs to look at the answers of components.
// scripts/bench makes sense of it.
#include <malloc.h>

#include <cstdio>
#include <map>
#include <stdexcept>
#include <string>

#include "measure.hpp"

using namespace spanlab::host::benchmarks;

namespace {

Request read_request(int count, char** arguments) {
  Request request;
  for (int i = 2; i + 1 < count; i += 2) {
    const std::string name = arguments[i];
    const std::int64_t value = std::stoll(arguments[i + 1]);
    if (name == "--threads")
      request.threads = static_cast<int>(value);
    else if (name == "--bf16")
      request.bf16 = value != 0;
    else if (name == "--width")
      request.width = value;
    else if (name == "--inner")
      request.inner = value;
    else if (name == "--layers")
      request.layers = value;
    else if (name == "--rows")
      request.rows.push_back(value);
    else if (name == "--milliseconds")
      request.budget = static_cast<double>(value) / 1000;
    else
      throw std::invalid_argument("unknown option " + name);
  }
  return request;
}

}  // namespace

int main(int count, char** arguments) {
  try {
    mallopt(M_MMAP_THRESHOLD,
            32 << 20);  // as trials have it: what is freed is not given back and faulted in again
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
    const std::string command = count > 1 ? arguments[1] : "";
    const Request request = read_request(count, arguments);
    const std::map<std::string, nlohmann::json (*)(const Request&)> commands{
        {"rates", measure_rates}, {"kernels", measure_kernels}, {"checks", measure_checks}};
    const auto found = commands.find(command);
    if (found == commands.end()) throw std::invalid_argument("expected rates, kernels or checks");
    const nlohmann::json result = found->second(request);
    std::printf("%s\n", result.dump(1).c_str());
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "spanlab_benchmarks: %s\n", error.what());
    return 2;
  }
}
