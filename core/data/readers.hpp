// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <functional>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/dataset.hpp"
#include "files/json_file.hpp"
#include "sdk/text_file.hpp"
#include "spanlab/error.hpp"

// How the readers share their work. Every reader adds what is wrong to `problems` and goes on with the next
// item.

namespace spanlab {

/// A file and how to understand it. Items and entities are counted from 0 in messages, as relations count
/// them in the files.
struct Source {
  std::filesystem::path file;
  std::vector<std::string> views;
  std::span<const Inventory> inventories;  ///< one per view
  Annotations annotations = Annotations::needed;
  std::filesystem::path relations;  ///< SemEval's second file
  bool skip_empty = false;          ///< sentences without words are left out (SpERT's form)
};

/// SpERT's form: a JSON list, or one object a line; an item is a sentence. View `default` reads `entities`
/// and `relations`, view `x` reads `x_entities` and `x_relations`.
std::vector<Sentence> read_spert_items(const Source& source, LeftOut& left_out,
                                       std::vector<Problem>& problems);

std::vector<Sentence> read_spert_text(std::string_view text, const Source& source, LeftOut& left_out,
                                      std::vector<Problem>& problems);

/// SciERC's and DyGIE's form: a document a line, word indices over the document, ends inclusive.
std::vector<Sentence> read_scierc_documents(const Source& source, std::vector<Problem>& problems);

/// SemEval-2018 Task 7: abstracts in XML with marked entities of one type, relations in a second file. Titles
/// are sentences too.
std::vector<Sentence> read_semeval(const Source& source, LeftOut& left_out, std::vector<Problem>& problems);

/// SciREX: a document a JSON object, in a gzipped file of lines or a gzipped tar. Its relations are of
/// documents and of four arguments, so that sentences have none.
std::vector<Sentence> read_scirex(const Source& source, LeftOut& left_out, std::vector<Problem>& problems);

/// Triples of texts: WebNLG's `text` and `triple_list`, SciER's `sentence`, `ner` and `rel`. Words stand
/// between blanks. An entity is where its words first occur, the n-th entity of the same words where they
/// occur for the n-th time; without `ner`, entities have type 0.
std::vector<Sentence> read_triples(const Source& source, std::vector<Problem>& problems);

/// One item of a file: reads its members and says where they are wrong.
class Item {
 public:
  Item(const nlohmann::json& node, std::string place, std::vector<Problem>& problems)
      : node_(node), place_(std::move(place)), problems_(problems) {}

  /// Texts of the list `key`; a problem if it is no list of texts or has none.
  std::vector<std::string> words(const char* key) const;
  /// The list `key`, an empty one and a problem if it is none. Absent is no problem if `optional`.
  const nlohmann::json& list(const std::string& key, Annotations annotations = Annotations::needed) const;
  void add(const std::string& what, std::string message) const;

  const nlohmann::json& node() const { return node_; }

 private:
  const nlohmann::json& node_;
  std::string place_;
  std::vector<Problem>& problems_;
};

/// The number of the type called `name`, or -1 and a problem with the nearest name.
std::int32_t type_index(const std::vector<LabelType>& types, const std::string& name, const char* kind,
                        const Item& item, const std::string& what);

/// Calls `each` for every line of the text that is not blank; lines count from 1.
void for_each_line(std::string_view text,
                   const std::function<void(std::string_view line, std::int64_t number)>& each);

/// A member `key` that is a text, or a whole number as text; empty if it is neither.
std::string identifier(const nlohmann::json& node, std::initializer_list<const char*> keys);

/// Makes ids different: the second `a` becomes `a#2`; a sentence without one has its number.
void make_unique(std::vector<Sentence>& sentences);

/// Puts the earlier span of symmetric relations first (not when both start at the same word).
void turn_symmetric(Annotation& annotation, const Inventory& inventory);

}  // namespace spanlab
