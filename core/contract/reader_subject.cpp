// SPDX-License-Identifier: MIT
#include <ATen/ATen.h>

#include "contract/outcome.hpp"
#include "contract/reader_sample.hpp"

namespace spanlab::host::suite {

namespace {

at::Tensor bytes_of(const std::string& text) {
  at::Tensor bytes = at::empty({std::ssize(text)}, at::kByte);
  std::ranges::copy(text, bytes.data_ptr<std::uint8_t>());
  return bytes;
}

// Reads the sample, whatever the scene is.
class BuiltReader : public Built {
 public:
  BuiltReader(std::shared_ptr<Reader> reader, std::shared_ptr<const ReaderSample> sample)
      : reader_(std::move(reader)), sample_(std::move(sample)) {}

  Answer answer(const Scene&, Pass&) override {
    const ReadText read = read_sample();
    return {{}, {{"sentences", bytes_of(text_of(read.sentences))}}};
  }
  std::int64_t size(const Scene&) override { return std::ssize(read_sample().sentences); }

 private:
  ReadText read_sample() const {
    if (!sample_) pass_over("no card of a data set whose files are at hand names this reader");
    ReadText read = read_with(*reader_, sample_->input);
    if (read.problems.empty()) return read;
    fail("finds a problem in {}: {}: {}", sample_->data, read.problems[0].place, read.problems[0].message);
  }

  std::shared_ptr<Reader> reader_;
  std::shared_ptr<const ReaderSample> sample_;
};

class ReaderSubject : public Subject {
 public:
  ReaderSubject(const Surroundings& around, const std::string& id)
      : Subject(around, ComponentKind::reader, id), sample_(find_sample(around, id)) {}

 private:
  std::unique_ptr<Built> make(const Order& order) const override {
    std::shared_ptr<Reader> reader = around.registry.reader(id, order.parameters);
    if (sample_) reader = around.registry.reader(id, sample_->parameters);
    return std::make_unique<BuiltReader>(std::move(reader), sample_);
  }

  std::shared_ptr<const ReaderSample> sample_;
};

}  // namespace

std::unique_ptr<Subject> reader_subject(const Surroundings& around, const std::string& id) {
  return std::make_unique<ReaderSubject>(around, id);
}

}  // namespace spanlab::host::suite
