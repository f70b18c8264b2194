// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/registry.hpp"
#include "spanlab/annotation.hpp"
#include "spanlab/error.hpp"
#include "spanlab/export.hpp"
#include "spanlab/pretrained.hpp"
#include "spanlab/reader.hpp"

namespace spanlab::host {

/// Whether two predicted or gold entities may share words in the scores (docs/papers.md, Scores: ADE
/// without overlap).
enum class Overlap { allowed, removed };

/// A file named by a card.
struct CardFile {
  /// Below the data set's folder.
  std::string path;
  /// What it must hash to, lower-case hexadecimal.
  std::string sha256;
  /// Of a split: only so many sentences of the file, from its beginning; 0: all.
  std::int64_t first = 0;
};

/// How the files of a card are read: a component, and the parameters that the card gives it.
struct SPANLAB_API CardReader {
  std::string id;
  std::map<std::string, Value> parameters = {};
  /// Where the component is known; it outlives the card.
  const Registry* components = nullptr;

  /// Throws Error as Registry::reader.
  SPANLAB_API std::shared_ptr<Reader> make() const;
  /// What stands for the reader in the identity of content: its id and the parameters that differ from their
  /// defaults. Its code stands there too, unless it says that its results are those of version 1, which its
  /// id means.
  SPANLAB_API std::string identity() const;
};

/// A data-set card, `datasets/<name>.toml`.
struct DataCard {
  /// The file's name without `.toml`.
  std::string name;
  std::string title;
  std::string licence;
  std::string source;
  CardReader reader;
  /// The card itself, for messages.
  std::filesystem::path file;
  /// The folder's usual name, the card's own unless it says otherwise.
  std::string folder;
  /// The types of all views, in SpERT's form; absent where the card lists them.
  std::optional<CardFile> types;
  /// The types that the card lists, one per view; empty where `types` is given.
  std::vector<Inventory> inventories;
  /// train, dev, test, …
  std::map<std::string, CardFile> splits;
  /// The further files of each split, by the names that the reader has for them.
  std::map<std::string, std::map<std::string, CardFile>> beside;
  /// Above 0: splits `train0`, `test0`, … of so many folds.
  std::int64_t folds = 0;
  /// Sentences without words are left out, not refused.
  bool skip_empty = false;
  /// Splits that should have no sentence in common; all, unless the card says other.
  std::vector<std::vector<std::string>> apart;
  /// `default` unless the set has more.
  std::vector<std::string> views;
  /// The relation score that the field compares: `strict` or `boundary`.
  std::string primary;
  Overlap overlap = Overlap::allowed;
};

/// A pretrained encoder's card, `datasets/models/<name>.toml`: a folder with config.json, vocab.txt,
/// model.safetensors. A trial counts the files that it names, see datasets/models/README.md.
struct ModelCard {
  std::string name;
  std::string title;
  std::string licence;
  std::string source;
  std::filesystem::path file;
  /// Whether words are lower-cased, if the card says it; see read_text_rules().
  std::optional<bool> uncased;
  std::vector<CardFile> files;
};

/// Which files of a folder are compared with the sums of its card.
enum class Compared { all, all_but_weights, none };

/// Where cards and the files that they name are looked for, in order.
struct DataLocations {
  std::vector<std::filesystem::path> cards;    ///< folders with *.toml and models/*.toml
  std::vector<std::filesystem::path> files;    ///< folders that hold a folder per data set
  std::filesystem::path site;                  ///< the user's site file, may not exist; asked after `files`
  std::vector<std::filesystem::path> builtin;  ///< like `files`, asked after the site file
};

/// A file that lies where cards do and cannot be read as one. It stops only who names it.
struct BrokenCard {
  std::filesystem::path file;
  std::vector<Problem> problems;
  bool foreign = false;  ///< has none of the tables and keys of a card: something else's configuration
};

/// The cards of all locations, read once, and those that `data add` remembered. A file that is no card, or a
/// broken one, is told when it is asked for by its name; a broken one hides a card of the same name in a
/// later location, a foreign one does not.
class SPANLAB_API CardIndex {
 public:
  /// `components` has the readers that cards name, and must outlive the index and its cards.
  CardIndex(DataLocations locations, const Registry& components);

  /// Throw Error(usage) with the nearest known name; Error(data) with file, line and column if the card is
  /// broken.
  const DataCard& data(const std::string& name) const;
  const ModelCard& model(const std::string& name) const;
  std::vector<std::string> data_names() const;
  std::vector<std::string> model_names() const;
  /// The broken cards that are not foreign, data sets then encoders.
  std::vector<BrokenCard> broken() const;

  /// The folder that holds the files of the card: --data-path, $SPANLAB_DATA, site file, built-in places.
  /// Throws Error(data) that lists what was tried and says which command registers the folder.
  std::filesystem::path folder(const DataCard& card) const;
  std::filesystem::path folder(const ModelCard& card) const;

  /// The model as encoders get it. Throws Error(data) with each file that differs, besides what folder()
  /// throws; weights (.safetensors) need not be compared by who does not read them.
  PretrainedModel pretrained(const ModelCard& card, Compared compared = Compared::all) const;

  /// Checks that `folder` holds every file of the data set or model `name`, and writes it into the user's
  /// site file, with the card where that is not the installation's own. Throws Error(data) with every file
  /// that is missing or other than the card says, or if the path is not UTF-8. Returns the folder's absolute
  /// path.
  std::filesystem::path add(const std::string& name, const std::filesystem::path& folder) const;

  const std::filesystem::path& site() const { return locations_.site; }

  /// The identity of content, from the card alone: hash over the checksums that it names for these splits and
  /// the types file, and the evaluation set-up. Throws Error(usage) for a split that the card does not have.
  static std::string content_hash(const DataCard& card, std::span<const std::string> splits);
  static std::string content_hash(const ModelCard& card);

 private:
  template <typename Card>
  struct Cards {
    std::map<std::string, Card> good;
    std::map<std::string, BrokenCard> broken;
  };
  template <typename Card, typename Read>
  static void take(Cards<Card>& cards, const std::filesystem::path& file, Read read);
  void take_data(const std::filesystem::path& file);
  void take_model(const std::filesystem::path& file);
  template <typename Card>
  const Card& find(const Cards<Card>& cards, const std::string& name, const char* what,
                   const std::string& own) const;
  void read_remembered();

  DataLocations locations_;
  const Registry& components_;
  Cards<DataCard> data_;
  Cards<ModelCard> models_;
  std::vector<Problem> site_problems_;
};

/// The card's file of a split, or Error(usage) with the nearest split.
SPANLAB_API const CardFile& split_file(const DataCard& card, const std::string& split);

/// All files of a split: its own, then those beside it.
SPANLAB_API std::vector<CardFile> split_files(const DataCard& card, const std::string& split);

/// All files that a card names.
std::vector<CardFile> files_of(const DataCard& card);

/// The files of a split as its reader gets them, without their types.
SPANLAB_API ReaderInput reader_input(const DataCard& card, const std::filesystem::path& folder,
                                     const std::string& split);

/// Checks the remembered SHA-256 of `path` below `folder` against the card. Throws Error(data) naming both
/// sums.
SPANLAB_API void verify(const std::filesystem::path& folder, const CardFile& file);

/// The same of several files: what is wrong with each is added to the problems.
SPANLAB_API void verify(const std::filesystem::path& folder, std::span<const CardFile> files,
                        std::vector<Problem>& problems);

/// The built-in look-up order for a program: `--data-path` entries first, then $SPANLAB_DATA, the site file,
/// `../shared/datasets` beside the checkout; cards from the installation or checkout.
SPANLAB_API DataLocations standard_locations(std::span<const std::string> data_path);

}  // namespace spanlab::host
