// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "contract/items.hpp"
#include "contract/reader_sample.hpp"
#include "files/files.hpp"

namespace spanlab::host::suite {

namespace {

// A file that no reader can take for one of its own, or hardly.
struct Broken {
  std::string what, bytes;
};

std::vector<Broken> broken_files(const ReaderSample* sample, std::uint64_t seed) {
  std::vector<Broken> files{{"an empty file", ""},
                            {"bytes that are no text", std::string("\0\xff\xfe\x80 \n\xc3(", 8)},
                            {"a text of three words", "no such form\n"},
                            {"an opening brace", "{"},
                            {"a list that does not end", "[{\"tokens\": [\"a\", "},
                            {"null", "null\n"},
                            {"blank lines", "\n\n\n"}};
  if (!sample) return files;
  const std::string whole = read_file(sample->input.file);
  for (const int quarter : {1, 2, 3})
    files.push_back({fmt::format("the first {} quarters of a file", quarter),
                     whole.substr(0, whole.size() * static_cast<std::size_t>(quarter) / 4)});
  Generator generator(seed);
  std::string damaged = whole;
  for (int i = 0; i < 20 && !damaged.empty(); ++i)
    damaged[generator.below(damaged.size())] = static_cast<char>(generator.below(256));
  files.push_back({"a file with twenty changed bytes", damaged});
  return files;
}

// What else a sentence must be is looked at by Reader::read().
void check_words(const std::vector<Sentence>& sentences, const std::string& where) {
  const bool any_empty =
      std::ranges::any_of(sentences, [](const Sentence& one) { return one.words.empty(); });
  if (any_empty) fail("{}: gives a sentence without words, and no problem", where);
}

// What a reader is given where there is no file of its own.
std::shared_ptr<ReaderSample> made_sample(const Subject& subject) {
  auto made = std::make_shared<ReaderSample>();
  made->inventories = {inventory()};
  made->input.inventories = made->inventories;
  for (const std::string& name : subject.info().beside)
    made->input.beside[name] = subject.around.scratch / "beside";
  return made;
}

ReadText read_broken(const Reader& reader, const ReaderInput& input, const std::string& what) {
  try {
    ReadText read = read_with(reader, input);
    if (read.problems.empty()) check_words(read.sentences, what);
    return read;
  } catch (const Ended&) {
    throw;
  } catch (const std::exception& error) {
    fail("throws for {}, expected a problem: {}", what, error.what());
  }
}

}  // namespace

std::string check_sample_file(const Case& one) {
  const std::shared_ptr<const ReaderSample> sample = find_sample(one.subject.around, one.subject.id);
  if (!sample) pass_over("no card of a data set whose files are at hand names this reader");
  const auto reader = one.subject.around.registry.reader(one.subject.id, sample->parameters);
  const ReadText read = read_with(*reader, sample->input);
  if (!read.problems.empty())
    fail("finds a problem in {}: {}: {}", sample->data, read.problems[0].place, read.problems[0].message);
  if (read.sentences.empty()) fail("finds no sentence in {}", sample->data);
  check_words(read.sentences, sample->data);
  return fmt::format("{}: {} sentences", sample->data, read.sentences.size());
}

std::string check_broken_files(const Case& one) {
  const std::shared_ptr<const ReaderSample> sample = find_sample(one.subject.around, one.subject.id);
  const auto made = made_sample(one.subject);
  const auto reader =
      one.subject.around.registry.reader(one.subject.id, sample ? sample->parameters : one.parameters);
  const std::filesystem::path& scratch = one.subject.around.scratch;
  replace_file(scratch / "beside", "", Durability::quick);
  ReaderInput input = sample ? sample->input : made->input;
  input.file = scratch / ("broken" + (sample ? sample->input.file.extension().string() : ".txt"));
  for (const Broken& broken : broken_files(sample.get(), one.subject.around.seed)) {
    replace_file(input.file, broken.bytes, Durability::quick);
    const ReadText read = read_broken(*reader, input, broken.what);
    if (broken.bytes.empty() && read.problems.empty())
      fail("finds no problem in an empty file, expected one: it holds no sentence");
  }
  input.file = scratch / "not-there";
  if (read_broken(*reader, input, "a file that is not there").problems.empty())
    fail("finds no problem in a file that is not there");
  return "";
}

}  // namespace spanlab::host::suite
