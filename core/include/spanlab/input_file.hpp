// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <istream>
#include <memory>
#include <vector>

#include "spanlab/error.hpp"
#include "spanlab/export.hpp"

namespace spanlab {

/// Opens `file` for reading and gives the descriptor, which the caller closes. It is a regular file, or a
/// pipe that this process was handed open (`<(…)` in a shell); a named pipe, a device, a socket or a folder
/// could block or never end. Throws Error(`otherwise`) where it is one of these, does not exist or may not be
/// read, and Error(environment) where the machine refuses: too many open files, no memory, a failing disk.
SPANLAB_API int open_input(const std::filesystem::path& file, ErrorKind otherwise = ErrorKind::data);

/// Throws as open_input does, for whoever opens the file by other means.
SPANLAB_API void check_input(const std::filesystem::path& file, ErrorKind otherwise = ErrorKind::data);

/// The same with what is wrong added to `problems`; false then. The environment's refusals are thrown.
SPANLAB_API bool check_input(const std::filesystem::path& file, std::vector<Problem>& problems);

/// Whose error it is that the system refused a file with `reason` (errno): the environment's, or else
/// `otherwise`.
SPANLAB_API ErrorKind kind_of_refusal(int reason, ErrorKind otherwise);

/// Such a file as a stream. Throws as open_input; what fails while it is read throws Error(environment) out
/// of the reading call, so that a file with an unreadable part does not pass for a shorter one.
class SPANLAB_API InputFile : public std::istream {
 public:
  explicit InputFile(const std::filesystem::path& file, ErrorKind otherwise = ErrorKind::data);
  ~InputFile() override;

 private:
  class Buffer;
  std::unique_ptr<Buffer> buffer_;
};

}  // namespace spanlab
