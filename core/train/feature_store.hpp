// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "data/card.hpp"
#include "model/features.hpp"
#include "plugin/registry.hpp"
#include "settings/configuration.hpp"

namespace spanlab::host {

/// What the features of a configuration's frozen encoder (Encoder::frozen()) depend on besides the sentences,
/// as text: its parameters, its plugin's results version, the content of the pretrained model, number type
/// and device. Where it stands inside another encoder, nothing of that one counts. Nothing where the content
/// is unknown, because there is no pretrained model or it has no card.
SPANLAB_API std::optional<std::string> feature_identity(const Configuration& configuration,
                                                        const Registry& registry, const CardIndex& cards,
                                                        const std::string& device);

/// Features of frozen encoders in a folder that all trials of a run store share. Sentences are taken in
/// blocks; `<hash>.safetensors` holds those of one block and is named by the block's content and the
/// encoder's identity. Files are mapped, so that all readers share their pages, and may be deleted at any
/// time.
class SPANLAB_API FeatureStore {
 public:
  static constexpr std::size_t kBlock = 64;  ///< sentences

  /// `folder` is made when it is needed. If it or `identity` is empty, nothing is stored: features are
  /// computed anew by everyone.
  FeatureStore(std::filesystem::path folder, std::string identity);

  /// What `encoder`, which is frozen, makes of each sentence, units [units,H] and the sentence [1,H]: from
  /// the folder, and what is not there (or damaged) computed and written. Of several processes that need the
  /// same block one computes it, while the others compute other blocks or wait. Nothing if `stop` said so
  /// between two blocks. Throws Error(environment) if the disk refuses.
  std::optional<std::vector<Features>> features(Encoder& encoder, std::span<const Item> items,
                                                at::Device device, const std::function<bool()>& stop);

  std::int64_t found() const { return found_; }        ///< blocks that were there
  std::int64_t computed() const { return computed_; }  ///< blocks that were not

  /// Bytes that the blocks of `items` which are not there will take, with features of `width` float32 values.
  std::int64_t missing_bytes(std::span<const Item> items, std::int64_t width) const;

 private:
  using Block = std::span<const Item>;
  bool stores() const { return !folder_.empty() && !identity_.empty(); }
  std::filesystem::path file_of(const std::string& hash) const { return folder_ / (hash + ".safetensors"); }
  std::string hash_of(Block block) const;
  Features read(const std::string& hash, Block block, std::int64_t width) const;
  Features write(const std::string& hash, Block block, const Features& features) const;
  Features obtain(Block block, Encoder& encoder, at::Device device, bool may_wait);

  std::filesystem::path folder_;
  std::string identity_;
  std::int64_t found_ = 0;
  std::int64_t computed_ = 0;
};

}  // namespace spanlab::host
