// SPDX-License-Identifier: MIT
#include "spanlab/tensors_file.hpp"

#include <ATen/ATen.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "sdk/json_value.hpp"
#include "sdk/pending_file.hpp"
#include "spanlab/error.hpp"
#include "spanlab/input_file.hpp"

namespace spanlab {

namespace {

using nlohmann::json;
constexpr std::int64_t kPrefix = 8;  // the header's length, little-endian
constexpr std::int64_t kLongestHeader = 100 << 20;
constexpr std::size_t kMostDimensions = 16;

struct TypeName {
  const char* name;
  at::ScalarType type;
};
constexpr TypeName kTypes[] = {{"F64", at::kDouble},    {"F32", at::kFloat}, {"F16", at::kHalf},
                               {"BF16", at::kBFloat16}, {"I64", at::kLong},  {"I32", at::kInt},
                               {"I16", at::kShort},     {"I8", at::kChar},   {"U8", at::kByte},
                               {"BOOL", at::kBool}};

[[noreturn]] void malformed(const std::filesystem::path& file, const std::string& message) {
  throw Error(ErrorKind::data, file.string(), message);
}

/// A private mapping of a whole file: pages are shared with other readers until somebody writes to them.
class Mapping {
 public:
  explicit Mapping(const std::filesystem::path& file) {
    int descriptor = open_input(file);
    struct stat status{};
    bool regular = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
    size_ = status.st_size;
    if (regular && size_ > 0) {
      bytes_ = ::mmap(nullptr, size_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_NORESERVE, descriptor, 0);
    }
    int reason = errno;
    ::close(descriptor);
    if (!regular) malformed(file, "is not a file");
    if (bytes_ != MAP_FAILED) return;
    throw Error(kind_of_refusal(reason, ErrorKind::data), file.string(),
                fmt::format("cannot be mapped: {}", std::strerror(reason)));
  }
  ~Mapping() {
    if (bytes_) ::munmap(bytes_, size_);
  }
  Mapping(const Mapping&) = delete;

  std::int64_t size() const { return size_; }
  char* at(std::int64_t offset) const { return static_cast<char*>(bytes_) + offset; }

 private:
  void* bytes_ = nullptr;
  std::int64_t size_ = 0;
};

/// What the header says about one tensor. Offsets count from the first byte after the header.
struct Entry {
  std::string name;
  std::string type_name;
  std::optional<at::ScalarType> type;  // absent: none that is known here
  std::vector<std::int64_t> shape;
  std::int64_t begin;
  std::int64_t end;
};

// Whole numbers from 0, as all numbers of the header are.
std::optional<std::vector<std::int64_t>> whole_numbers(const json& node, std::size_t most) {
  const bool good = node.is_array() && node.size() <= most && std::ranges::all_of(node, [](const json& one) {
                      return one.is_number_integer() && one.get<std::int64_t>() >= 0;
                    });
  return good ? std::optional(node.get<std::vector<std::int64_t>>()) : std::nullopt;
}

// Of a type that is known. A dimension of 0 counts as 1, or the product of the others could be beyond any
// memory.
std::int64_t bytes_of(const Entry& entry, const std::filesystem::path& file) {
  auto bytes = static_cast<std::int64_t>(at::elementSize(*entry.type));
  bool none = false;
  for (std::int64_t size : entry.shape) {
    none = none || size == 0;
    if (!__builtin_mul_overflow(bytes, std::max<std::int64_t>(size, 1), &bytes)) continue;
    malformed(file, fmt::format("tensor '{}': impossible shape [{}], beyond any memory", entry.name,
                                fmt::join(entry.shape, ",")));
  }
  return none ? 0 : bytes;
}

Entry read_entry(const std::string& name, const json& node, const std::filesystem::path& file,
                 std::int64_t bytes) {
  auto wrong = [&](const std::string& message) {
    malformed(file, fmt::format("tensor '{}': {}", name, message));
  };
  if (!node.is_object() || !node.contains("dtype") || !node.contains("shape") ||
      !node.contains("data_offsets")) {
    wrong(fmt::format("expected dtype, shape and data_offsets, got {}", view_of(node).shown()));
  }
  if (!node["dtype"].is_string())
    wrong(fmt::format("dtype: expected a text, got {}", view_of(node["dtype"]).shown()));
  const auto shape = whole_numbers(node["shape"], kMostDimensions);
  if (!shape) {
    wrong(fmt::format("impossible shape: expected at most {} whole numbers from 0, got {}", kMostDimensions,
                      node["shape"].dump().substr(0, 60)));
  }
  const auto offsets = whole_numbers(node["data_offsets"], 2);
  if (!offsets || offsets->size() != 2) wrong("data_offsets must hold two whole numbers from 0");
  // So that no sum of offsets overflows below.
  if (offsets->at(0) > offsets->at(1)) {
    wrong(fmt::format("data_offsets: it ends at {} before it begins at {}", offsets->at(1), offsets->at(0)));
  }
  if (offsets->at(1) > bytes) {
    wrong(
        fmt::format("truncated: it ends {} bytes after the header, but the file {}", offsets->at(1), bytes));
  }
  const std::string type_name = node["dtype"];
  const auto type =
      std::ranges::find_if(kTypes, [&](const TypeName& known) { return type_name == known.name; });
  return {name,   type_name,      type == std::end(kTypes) ? std::nullopt : std::optional(type->type),
          *shape, offsets->at(0), offsets->at(1)};
}

// Entries in file order, checked to lie one after another from the header to the end of the file.
void check_layout(std::vector<Entry>& entries, std::int64_t header_end, std::int64_t size,
                  const std::filesystem::path& file) {
  std::ranges::sort(entries, {}, [](const Entry& entry) { return std::pair(entry.begin, entry.end); });
  std::int64_t expected = 0;
  for (const Entry& entry : entries) {
    auto place = [&] {
      return fmt::format("tensor '{}' at offset {}", entry.name, header_end + entry.begin);
    };
    if (entry.begin < expected) malformed(file, place() + ": overlaps the tensor before it");
    if (entry.begin > expected) {
      malformed(file, fmt::format("{}: a gap of {} bytes lies before it", place(), entry.begin - expected));
    }
    const std::int64_t bytes = entry.type ? bytes_of(entry, file) : entry.end - entry.begin;
    if (entry.end - entry.begin != bytes) {
      malformed(file, fmt::format("{}: its shape [{}] needs {} bytes, its range has {}", place(),
                                  fmt::join(entry.shape, ","), bytes, entry.end - entry.begin));
    }
    expected = entry.end;
  }
  if (header_end + expected != size) {
    malformed(file, fmt::format("{} bytes after the last tensor, from offset {}",
                                size - header_end - expected, header_end + expected));
  }
}

at::Tensor make_tensor(const std::shared_ptr<Mapping>& mapping, const Entry& entry, std::int64_t header_end) {
  const auto options = at::TensorOptions().dtype(*entry.type);
  if (entry.begin == entry.end) return at::empty(entry.shape, options);
  char* bytes = mapping->at(header_end + entry.begin);
  if (reinterpret_cast<std::uintptr_t>(bytes) % at::elementSize(*entry.type) != 0) {
    at::Tensor copy = at::empty(entry.shape, options);
    std::memcpy(copy.mutable_data_ptr(), bytes, entry.end - entry.begin);
    return copy;
  }
  return at::from_blob(bytes, entry.shape, [mapping](void*) {}, options);
}

std::string header_of(const NamedTensors& tensors, const std::vector<std::string>& order,
                      const std::map<std::string, std::string>& metadata) {
  nlohmann::ordered_json header = nlohmann::ordered_json::object();
  if (!metadata.empty()) header["__metadata__"] = metadata;
  std::int64_t offset = 0;
  for (const std::string& name : order) {
    const at::Tensor& tensor = tensors.at(name);
    auto type = std::ranges::find(kTypes, tensor.scalar_type(), &TypeName::type);
    if (type == std::end(kTypes)) {
      throw std::logic_error("tensor '" + name + "' is of a type that files cannot hold");
    }
    std::int64_t end = offset + static_cast<std::int64_t>(tensor.nbytes());
    header[name] = {{"dtype", type->name}, {"shape", tensor.sizes().vec()}, {"data_offsets", {offset, end}}};
    offset = end;
  }
  std::string text = header.dump(-1, ' ', false, json::error_handler_t::replace);
  text.resize((text.size() + 7) / 8 * 8, ' ');
  std::uint64_t length = text.size();
  return std::string(reinterpret_cast<const char*>(&length), sizeof length) + text;
}

}  // namespace

TensorsFile read_tensors(const std::filesystem::path& file) {
  auto mapping = std::make_shared<Mapping>(file);
  const std::int64_t size = mapping->size();
  if (size < kPrefix) {
    malformed(file, fmt::format("truncated: {} bytes, the length of the header alone needs 8", size));
  }
  std::uint64_t length = 0;
  std::memcpy(&length, mapping->at(0), sizeof length);
  if (length > static_cast<std::uint64_t>(kLongestHeader)) {
    malformed(file, fmt::format("not a safetensors file: a header of {} bytes", length));
  }
  const std::int64_t header_end = kPrefix + static_cast<std::int64_t>(length);
  if (header_end > size) {
    malformed(file, fmt::format("truncated: the header ends at {} but the file at {}", header_end, size));
  }
  const json header =
      parse_json({mapping->at(kPrefix), static_cast<std::size_t>(length)}, file.string() + " (header)");
  if (!header.is_object()) malformed(file, "the header is not a JSON object");

  TensorsFile result;
  std::vector<Entry> entries;
  for (const auto& [name, node] : header.items()) {
    if (name != "__metadata__") {
      entries.push_back(read_entry(name, node, file, size - header_end));
      continue;
    }
    if (!node.is_object()) malformed(file, "__metadata__ is not an object");
    for (const auto& [key, value] : node.items()) {
      result.metadata[key] = value.is_string() ? value.get<std::string>() : value.dump();
    }
  }
  check_layout(entries, header_end, size, file);
  for (const Entry& entry : entries) {
    if (entry.type) {
      result.tensors.emplace(entry.name, make_tensor(mapping, entry, header_end));
    } else {
      result.others.emplace(entry.name, entry.type_name);
    }
  }
  return result;
}

void write_tensors(const std::filesystem::path& file, const NamedTensors& tensors,
                   const std::map<std::string, std::string>& metadata) {
  std::vector<std::string> order;
  for (const auto& [name, tensor] : tensors) order.push_back(name);
  // Wide types first, so that each tensor is aligned to its own size.
  std::ranges::stable_sort(order, std::greater(),
                           [&](const std::string& name) { return tensors.at(name).element_size(); });
  std::string header = header_of(tensors, order, metadata);
  PendingFile pending(file);
  pending.write(header);
  for (const std::string& name : order) {
    at::Tensor plain = tensors.at(name).detach().to(at::kCPU).contiguous();
    pending.write({static_cast<const char*>(plain.const_data_ptr()), plain.nbytes()});
  }
  pending.place(Durability::synced);
}

}  // namespace spanlab
