// SPDX-License-Identifier: MIT
// The files that cards name, and what stands for their content.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "data/card.hpp"
#include "files/checksum.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host {

namespace fs = std::filesystem;

const CardFile& split_file(const DataCard& card, const std::string& split) {
  auto found = card.splits.find(split);
  if (found != card.splits.end()) return found->second;
  std::vector<std::string> known;
  for (const auto& [name, file] : card.splits) known.push_back(name);
  throw Error(ErrorKind::usage, "",
              fmt::format("data set '{}' has no split '{}'{}\n   its splits: {}", card.name, split,
                          did_you_mean(split, known), fmt::join(known, ", ")));
}

std::vector<CardFile> split_files(const DataCard& card, const std::string& split) {
  std::vector<CardFile> files{split_file(card, split)};
  if (const auto beside = card.beside.find(split); beside != card.beside.end()) {
    for (const auto& [name, file] : beside->second) files.push_back(file);
  }
  return files;
}

std::vector<CardFile> files_of(const DataCard& card) {
  std::vector<CardFile> files;
  if (card.types) files.push_back(*card.types);
  for (const auto& [split, file] : card.splits)
    std::ranges::move(split_files(card, split), std::back_inserter(files));
  return files;
}

ReaderInput reader_input(const DataCard& card, const fs::path& folder, const std::string& split) {
  ReaderInput input{.file = folder / split_file(card, split).path};
  input.views = card.views;
  input.skip_empty = card.skip_empty;
  if (const auto beside = card.beside.find(split); beside != card.beside.end()) {
    for (const auto& [name, file] : beside->second) input.beside[name] = folder / file.path;
  }
  return input;
}

void verify(const fs::path& folder, const CardFile& file) {
  const fs::path path = folder / file.path;
  std::string sum = remembered_sha256_of_file(path);
  // It is not the memory that decides that a file is wrong.
  if (sum != file.sha256) sum = sha256_of_file(path);
  if (sum == file.sha256) return;
  constexpr const char* kMessage =
      "its SHA-256 is not the card's: another version, or damaged\n   expected {}\n   found    {}";
  throw Error(ErrorKind::data, path.string(), fmt::format(kMessage, file.sha256, sum));
}

void verify(const fs::path& folder, std::span<const CardFile> files, std::vector<Problem>& problems) {
  for (const CardFile& file : files) {
    try {
      verify(folder, file);
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::data) throw;
      problems.insert(problems.end(), error.problems().begin(), error.problems().end());
    }
  }
}

std::string CardIndex::content_hash(const DataCard& card, std::span<const std::string> splits) {
  std::string content = card.reader.identity();
  if (card.types) content += "\ntypes " + card.types->sha256;
  for (const Inventory& inventory : card.inventories) {
    content += "\nview";
    for (const LabelType& type : inventory.entities) content += "\nentity " + type.name;
    for (const LabelType& type : inventory.relations)
      content += "\nrelation " + type.name + (type.symmetric ? " symmetric" : "");
  }
  for (const std::string& split : splits) {
    for (const CardFile& file : split_files(card, split)) {
      content += "\nsplit " + file.sha256;
      if (file.first > 0) content += fmt::format(" first {}", file.first);
    }
  }
  if (card.skip_empty) content += "\nempty sentences left out";
  // A score is one of its set-up; a card that changes it must not find old results.
  content += card.overlap == Overlap::removed ? "\noverlap removed" : "\noverlap allowed";
  return sha256_of(content);
}

std::string CardIndex::content_hash(const ModelCard& card) {
  // A cased card's words were lower-cased once, and files beside the weights and the vocabulary not obeyed:
  // such results are others.
  std::string content = card.uncased.value_or(true) ? "uncased" : "cased words";
  const bool obeyed = std::ranges::any_of(
      card.files, [](const CardFile& file) { return file.path.find("token") != std::string::npos; });
  if (obeyed) content += "\ntokenizer files are obeyed";
  for (const CardFile& file : card.files) content += "\n" + file.path + " " + file.sha256;
  return sha256_of(content);
}

}  // namespace spanlab::host
