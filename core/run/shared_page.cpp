// SPDX-License-Identifier: MIT
#include "run/shared_page.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>

#include "sdk/descriptor.hpp"

namespace spanlab::host {

using nlohmann::json;

namespace {

constexpr const char* kName = "a file in memory";

}  // namespace

SharedPage::SharedPage(std::string_view bytes)
    : descriptor_(memfd_create("spanlab", MFD_CLOEXEC)), size_(bytes.size()) {
  if (descriptor_ < 0) spanlab::refuse(kName, "cannot be made", errno);
  write_all(descriptor_, bytes, kName);
}

SharedPage::~SharedPage() { close(descriptor_); }

std::filesystem::path SharedPage::path_of(int descriptor) {
  return fmt::format("/proc/self/fd/{}", descriptor);
}

void SharedPage::append(int descriptor, const json& line) {
  write_all(descriptor, line.dump(-1, ' ', false, json::error_handler_t::replace) + '\n', kName);
}

}  // namespace spanlab::host
