// SPDX-License-Identifier: MIT
#include "train/feature_store.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "plugin/configuration.hpp"
#include "spanlab/error.hpp"
#include "spanlab/tensors_file.hpp"
#include "train/file_lock.hpp"

namespace spanlab {

namespace {

void append(std::string& text, std::int64_t number) { text.append(reinterpret_cast<const char*>(&number), sizeof number); }

void append(std::string& text, std::span<const std::int64_t> numbers) {
  append(text, static_cast<std::int64_t>(numbers.size()));
  text.append(reinterpret_cast<const char*>(numbers.data()), numbers.size_bytes());
}

// All of a sentence that an encoder may read, unambiguously.
void append(std::string& text, const Item& item) {
  append(text, item.encoded->ids);
  append(text, static_cast<std::int64_t>(item.encoded->words.size()));
  for (const Rows& rows : item.encoded->words) append(text, std::initializer_list<std::int64_t>{rows.begin, rows.end});
  append(text, static_cast<std::int64_t>(item.encoded->channels.size()));
  for (const std::vector<std::int64_t>& channel : item.encoded->channels) append(text, channel);
  for (const std::string& word : item.sentence->words) {
    append(text, static_cast<std::int64_t>(word.size()));
    text += word;
  }
}

std::string sum_of(const at::Tensor& tensor) { return sha256_of({static_cast<const char*>(tensor.const_data_ptr()), tensor.nbytes()}); }

std::vector<std::span<const Item>> blocks_of(std::span<const Item> items) {
  std::vector<std::span<const Item>> blocks;
  for (std::size_t begin = 0; begin < items.size(); begin += FeatureStore::kBlock) {
    blocks.push_back(items.subspan(begin, std::min(FeatureStore::kBlock, items.size() - begin)));
  }
  return blocks;
}

std::int64_t units_of(std::span<const Item> items) {
  std::int64_t units = 0;
  for (const Item& item : items) units += static_cast<std::int64_t>(item.encoded->ids.size());
  return units;
}

// One lock file serves all blocks, each by a byte of its own.
std::int64_t byte_of(const std::string& hash) { return static_cast<std::int64_t>(std::stoull(hash.substr(0, 15), nullptr, 16)); }

void make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw Error(ErrorKind::environment, folder.string(), "cannot be made: " + error.message());
}

}  // namespace

std::optional<std::string> feature_identity(const nlohmann::json& configuration, const Registry& registry, const CardIndex& cards,
                                            const std::string& device) {
  const nlohmann::json& node = configuration.at("encoder");
  const ComponentChoice choice = read_component(registry, ComponentKind::encoder, node, "encoder");
  nlohmann::json parameters = nlohmann::json::object();
  for (const Parameter& parameter : registry.info(ComponentKind::encoder, choice.id).schema.parameters()) {
    if (parameter.identity) parameters[parameter.name] = to_json(choice.parameters.values().at(parameter.name));
  }
  const nlohmann::json model = parameters.value("model", nlohmann::json());
  if (parameters.value("frozen", false) != true || !model.is_string() || model.get<std::string>().find('/') != std::string::npos) return std::nullopt;
  const nlohmann::json train = configuration.value("train", nlohmann::json::object());
  return nlohmann::json{{"encoder", choice.id},
                        {"parameters", parameters},
                        {"code", registry.identity(ComponentKind::encoder, choice.id)},
                        {"model", CardIndex::content_hash(cards.model(model.get<std::string>()))},
                        {"number", train.value("precision", "float32")},
                        {"device", device}}
      .dump();
}

FeatureStore::FeatureStore(std::filesystem::path folder, std::string identity) : folder_(std::move(folder)), identity_(std::move(identity)) {}

std::string FeatureStore::hash_of(Block block) const {
  std::string text = identity_;
  for (const Item& item : block) append(text, item);
  return sha256_of(text);
}

// Nothing if the file is absent or is not what was written.
std::optional<Features> FeatureStore::read(const std::string& hash, Block block, std::int64_t width) {
  const std::filesystem::path file = file_of(hash);
  if (!std::filesystem::exists(file)) return std::nullopt;
  try {
    TensorsFile stored = read_tensors(file);
    const Features features{stored.tensors.at("units"), stored.tensors.at("sentences")};
    const bool whole = features.units.sizes() == at::IntArrayRef({units_of(block), width}) &&
                       features.sentences.sizes() == at::IntArrayRef({static_cast<std::int64_t>(block.size()), width}) &&
                       stored.metadata.at("units") == sum_of(features.units) && stored.metadata.at("sentences") == sum_of(features.sentences);
    if (whole) return features;
  } catch (const Error&) {
  } catch (const std::out_of_range&) {
  }
  return std::nullopt;
}

// The features as they are in the file: this process's own memory is not needed any longer.
Features FeatureStore::write(const std::string& hash, Block block, const Features& features) {
  const Features plain{features.units.to(at::kCPU).contiguous(), features.sentences.to(at::kCPU).contiguous()};
  write_tensors(file_of(hash), {{"units", plain.units}, {"sentences", plain.sentences}},
                {{"units", sum_of(plain.units)}, {"sentences", sum_of(plain.sentences)}, {"encoder", identity_}});
  return read(hash, block, plain.units.size(1)).value_or(plain);
}

// Nothing if another process is at it and the caller does not want to wait.
std::optional<Features> FeatureStore::obtain(Block block, Encoder& encoder, at::Device device, bool may_wait) {
  auto compute = [&] {
    ++computed_;
    return encode_features(encoder, block, device);
  };
  if (!stores()) return compute();
  const std::string hash = hash_of(block);
  std::optional<Features> features = read(hash, block, encoder.width());
  if (!features) {
    make_folder(folder_);
    const std::filesystem::path locks = folder_ / "lock";
    std::optional<FileLock> lock = may_wait ? FileLock::wait(locks, byte_of(hash)) : FileLock::attempt(locks, byte_of(hash));
    if (!lock) return std::nullopt;
    features = read(hash, block, encoder.width());
    if (!features) return write(hash, block, compute());
  }
  ++found_;
  return features;
}

bool FeatureStore::fill(FeatureTable& table, Encoder& encoder, std::span<const Item> items, at::Device device, const std::function<bool()>& stop) {
  std::vector<Block> open = blocks_of(items);
  for (const bool may_wait : {false, true}) {
    std::vector<Block> left;
    for (const Block& block : open) {
      if (stop && stop()) return false;
      std::optional<Features> features = obtain(block, encoder, device, may_wait);
      if (features) table.add(block, {features->units.to(device), features->sentences.to(device)});
      else left.push_back(block);
    }
    open = std::move(left);
  }
  return true;
}

std::int64_t FeatureStore::missing_bytes(std::span<const Item> items, std::int64_t width) const {
  std::int64_t bytes = 0;
  for (const Block& block : stores() ? blocks_of(items) : std::vector<Block>()) {
    if (std::filesystem::exists(file_of(hash_of(block)))) continue;
    bytes += (units_of(block) + static_cast<std::int64_t>(block.size())) * width * static_cast<std::int64_t>(sizeof(float));
  }
  return bytes;
}

}  // namespace spanlab
