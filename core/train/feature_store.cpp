// SPDX-License-Identifier: MIT
#include "train/feature_store.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "files/checksum.hpp"
#include "files/file_lock.hpp"
#include "files/files.hpp"
#include "settings/configuration_json.hpp"
#include "spanlab/error.hpp"
#include "spanlab/tensors_file.hpp"
#include "train/own_fault.hpp"

namespace spanlab::host {

namespace {

void append(std::string& text, std::int64_t number) {
  text.append(reinterpret_cast<const char*>(&number), sizeof number);
}

void append(std::string& text, std::span<const std::int64_t> numbers) {
  append(text, static_cast<std::int64_t>(numbers.size()));
  text.append(reinterpret_cast<const char*>(numbers.data()), numbers.size_bytes());
}

// All of a sentence that an encoder may read, unambiguously.
void append(std::string& text, const Item& item) {
  append(text, item.encoded->ids);
  append(text, static_cast<std::int64_t>(item.encoded->words.size()));
  for (const Rows& rows : item.encoded->words)
    append(text, std::initializer_list<std::int64_t>{rows.begin, rows.end});
  append(text, static_cast<std::int64_t>(item.encoded->channels.size()));
  for (const std::vector<std::int64_t>& channel : item.encoded->channels) append(text, channel);
  for (const std::string& word : item.sentence->words) {
    append(text, static_cast<std::int64_t>(word.size()));
    text += word;
  }
}

std::string sum_of(const at::Tensor& tensor) {
  return sha256_of({static_cast<const char*>(tensor.const_data_ptr()), tensor.nbytes()});
}
std::string sum_of(const Features& features) { return sum_of(features.units) + sum_of(features.sentences); }

bool has_shape(const at::Tensor& tensor, std::int64_t rows, std::int64_t width) {
  return tensor.scalar_type() == at::kFloat && tensor.sizes() == at::IntArrayRef({rows, width});
}

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
std::int64_t byte_of(const std::string& hash) {
  return static_cast<std::int64_t>(std::stoull(hash.substr(0, 15), nullptr, 16));
}

}  // namespace

std::optional<std::string> feature_identity(const Configuration& configuration, const Registry& registry,
                                            const CardIndex& cards, const std::string& device) {
  const std::vector<ComponentSetting> nested = nested_components(registry, configuration.encoder);
  const auto is_fixed = [&](const ComponentSetting& one) { return is_frozen(registry, one); };
  const auto fixed = std::ranges::find_if(nested, is_fixed);
  if (fixed == nested.end()) return std::nullopt;
  const ComponentSetting& choice = *fixed;
  nlohmann::json parameters = nlohmann::json::object();
  for (const Parameter& parameter : registry.info(ComponentKind::encoder, choice.id).schema.parameters()) {
    if (!parameter.identity) continue;
    nlohmann::json value = to_json(choice.parameters.values().at(parameter.name));
    if (parameter.file && value.is_string()) value = remembered_sha256_of_file(value.get<std::string>());
    parameters[parameter.name] = std::move(value);
  }
  const std::string model = model_of(registry, choice);
  if (model.empty() || model.find('/') != std::string::npos) return std::nullopt;
  return nlohmann::json{{"encoder", choice.id},
                        {"parameters", parameters},
                        {"code", {{choice.id, registry.identity(ComponentKind::encoder, choice.id)}}},
                        {"model", CardIndex::content_hash(cards.model(model))},
                        {"number", to_text(configuration.train.precision)},
                        {"device", device}}
      .dump();
}

FeatureStore::FeatureStore(std::filesystem::path folder, std::string identity)
    : folder_(std::move(folder)), identity_(std::move(identity)) {}

std::string FeatureStore::hash_of(Block block) const {
  std::string text = identity_;
  for (const Item& item : block) append(text, item);
  return sha256_of(text);
}

// Undefined if the file is absent or is not what was written.
Features FeatureStore::read(const std::string& hash, Block block, std::int64_t width) const {
  const std::filesystem::path file = file_of(hash);
  if (!std::filesystem::exists(file)) return {};
  try {
    const TensorsFile stored = read_tensors(file);
    const Features features{stored.tensors.at("states"), stored.tensors.at("sentences")};
    const bool fits = has_shape(features.units, units_of(block), width) &&
                      has_shape(features.sentences, std::ssize(block), width);
    if (fits && stored.metadata.at("sha256") == sum_of(features)) return features;
  } catch (const Error&) {
  } catch (const std::out_of_range&) {
  }
  return {};
}

// The features as they are in the file: this process's own memory is not needed any longer.
Features FeatureStore::write(const std::string& hash, Block block, const Features& features) const {
  const Features plain{features.units.to(at::kCPU).contiguous(),
                       features.sentences.to(at::kCPU).contiguous()};
  write_tensors(file_of(hash), {{"states", plain.units}, {"sentences", plain.sentences}},
                {{"sha256", sum_of(plain)}, {"encoder", identity_}});
  const Features mapped = read(hash, block, plain.units.size(1));
  return mapped.units.defined() ? mapped : plain;
}

// Undefined if another process is at it and the caller does not want to wait.
Features FeatureStore::obtain(Block block, Encoder& encoder, at::Device device, bool may_wait) {
  auto compute = [&] {
    ++computed_;
    return own_fault([&] { return encode_features(encoder, block, device); });
  };
  if (!stores()) return compute();
  const std::string hash = hash_of(block);
  Features features = read(hash, block, encoder.width());
  if (!features.units.defined()) {
    make_folder(folder_);
    const std::filesystem::path locks = folder_ / "lock";
    std::optional<FileLock> lock =
        may_wait ? FileLock::wait(locks, byte_of(hash)) : FileLock::attempt(locks, byte_of(hash));
    if (!lock) return {};
    features = read(hash, block, encoder.width());
    if (!features.units.defined()) return write(hash, block, compute());
  }
  ++found_;
  return features;
}

std::optional<std::vector<Features>> FeatureStore::features(Encoder& encoder, std::span<const Item> items,
                                                            at::Device device,
                                                            const std::function<bool()>& stop) {
  const std::vector<Block> blocks = blocks_of(items);
  std::vector<Features> of_block(blocks.size());
  for (const bool may_wait : {false, true}) {
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      if (of_block[i].units.defined()) continue;
      if (stop && stop()) return std::nullopt;
      of_block[i] = obtain(blocks[i], encoder, device, may_wait);
      if (!of_block[i].units.defined()) continue;
      of_block[i] = {of_block[i].units.to(device), of_block[i].sentences.to(device)};
    }
  }
  std::vector<Features> features;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    std::int64_t begin = 0;
    for (std::size_t s = 0; s < blocks[i].size(); ++s) {
      const auto units = static_cast<std::int64_t>(blocks[i][s].encoded->ids.size());
      features.push_back({of_block[i].units.narrow(0, begin, units),
                          of_block[i].sentences.narrow(0, static_cast<std::int64_t>(s), 1)});
      begin += units;
    }
  }
  return features;
}

std::int64_t FeatureStore::missing_bytes(std::span<const Item> items, std::int64_t width) const {
  std::int64_t bytes = 0;
  for (const Block& block : stores() ? blocks_of(items) : std::vector<Block>()) {
    if (std::filesystem::exists(file_of(hash_of(block)))) continue;
    const std::int64_t rows = units_of(block) + std::ssize(block);
    bytes += rows * width * static_cast<std::int64_t>(sizeof(float));
  }
  return bytes;
}

}  // namespace spanlab::host
