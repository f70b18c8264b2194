// SPDX-License-Identifier: MIT
#include "train/pretrained.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "files/checksum.hpp"
#include "sdk/card_text.hpp"
#include "spanlab/error.hpp"
#include "sdk/pieces.hpp"

namespace spanlab::host {

namespace {

// Files by which published encoders say how they read text and which weights they have. Whatever else lies in
// a folder (a licence, the weights in other forms) no encoder looks at.
constexpr const char* kReadByEncoders[] = {"config.json",
                                           "model.safetensors",
                                           "vocab.txt",
                                           "tokenizer_config.json",
                                           "special_tokens_map.json",
                                           "added_tokens.json",
                                           "tokenizer.json",
                                           "vocab.json",
                                           "merges.txt",
                                           "tokenizer.model",
                                           "spiece.model",
                                           "sentencepiece.bpe.model"};

Problem not_counted(const std::filesystem::path& file, const ModelCard& card) {
  std::string key = file.filename().string();
  std::ranges::replace(key, '.', '_');
  constexpr const char* kMessage =
      "may change what an encoder reads, but its card {} does not name it; move it away, or name it "
      "there:\n{}";
  const std::string lines = card_lines(key, file.filename().string(), sha256_of_file(file), "   ");
  return {file.string(), fmt::format(kMessage, card.file.string(), lines)};
}

// Runs `check`; what it throws is added to the problems, unless it is the environment's.
template <typename Check>
void collect(std::vector<Problem>& problems, Check check) {
  try {
    check();
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::environment) throw;
    problems.insert(problems.end(), error.problems().begin(), error.problems().end());
  }
}

}  // namespace

std::vector<Problem> files_not_counted(const ModelCard& card, const std::filesystem::path& folder) {
  std::vector<Problem> problems;
  for (const std::filesystem::path name : kReadByEncoders) {
    const auto is_it = [&](const CardFile& file) {
      return std::filesystem::path(file.path).lexically_normal() == name;
    };
    if (std::ranges::any_of(card.files, is_it)) continue;
    std::error_code absent;
    if (!std::filesystem::exists(std::filesystem::symlink_status(folder / name, absent))) continue;
    collect(problems, [&] { problems.push_back(not_counted(folder / name, card)); });
  }
  // An encoder of its own may read tokenizer.json; the encoder 'bert' does not.
  if (const std::string way = other_vocabulary(folder); !problems.empty() && !way.empty()) {
    problems.push_back({(folder / "vocab.txt").string(), "is missing, which the encoder 'bert' reads" + way});
  }
  return problems;
}

PretrainedModel pretrained_model(const ComponentSetting& encoder, const Registry& registry,
                                 const CardIndex& cards) {
  const std::string model = model_of(registry, encoder);
  if (model.empty()) return {};
  const ModelCard& card = cards.model(model);
  std::vector<Problem> problems = files_not_counted(card, cards.folder(card));
  PretrainedModel found;
  collect(problems, [&] { found = cards.pretrained(card); });
  if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
  return found;
}

}  // namespace spanlab::host
