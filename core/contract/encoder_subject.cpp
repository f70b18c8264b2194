// SPDX-License-Identifier: MIT
#include "contract/made_model.hpp"
#include "contract/subject.hpp"
#include "spanlab/encoder.hpp"

namespace spanlab::host::suite {

namespace {

class BuiltEncoder : public Built {
 public:
  explicit BuiltEncoder(std::shared_ptr<Encoder> encoder) : encoder_(std::move(encoder)) {}

  Answer answer(const Scene& scene, Pass& pass) override {
    const Encoded encoded(*encoder_, scene);
    const Features features = encoder_->forward(encoded.batch, pass);
    Answer answer{{{"units", features.units}, {"sentences", features.sentences}}, {}};
    answer.others["ids"] = encoded.batch.ids;
    return answer;
  }
  torch::nn::Module* module() override { return encoder_.get(); }
  std::string vocabulary() const override { return encoder_->vocabulary(); }
  std::int64_t size(const Scene& scene) override {
    return Encoded(*encoder_, scene).batch.unit_offsets.back();
  }

 private:
  // The sentences as the encoder reads them.
  struct Encoded {
    Encoded(const Encoder& encoder, const Scene& scene) {
      for (const Sentence& sentence : scene.sentences) encoded.push_back(encoder.encode(sentence));
      std::vector<Item> items;
      for (std::size_t i = 0; i < encoded.size(); ++i) items.push_back({&scene.sentences[i], &encoded[i]});
      batch = make_batch(items);
    }
    std::vector<EncodedSentence> encoded;
    Batch batch;
  };

  std::shared_ptr<Encoder> encoder_;
};

class EncoderSubject : public Subject {
 public:
  EncoderSubject(const Surroundings& around, const std::string& id)
      : Subject(around, ComponentKind::encoder, id) {}

 private:
  std::unique_ptr<Built> make(const Order& order) const override {
    return std::make_unique<BuiltEncoder>(made_encoder(*this, order));
  }
};

}  // namespace

std::unique_ptr<Subject> encoder_subject(const Surroundings& around, const std::string& id) {
  return std::make_unique<EncoderSubject>(around, id);
}

}  // namespace spanlab::host::suite
