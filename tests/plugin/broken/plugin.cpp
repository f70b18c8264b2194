// SPDX-License-Identifier: MIT
// Components with one defect each, and a good one of each kind beside them. What must catch them is said in
// broken_test.py.
#include "spanlab/plugin.hpp"

#include "faulty.hpp"

namespace {

using namespace broken;

template <typename Made>
HeadFactory head() {
  return [](const Parameters&, const HeadSetup& setup) { return std::make_shared<Made>(setup); };
}

template <typename Made>
LossFactory loss() {
  return [](const Parameters&, const LossSetup& setup) { return std::make_unique<Made>(setup); };
}

template <typename Made>
SamplerFactory sampler() {
  return [](const Parameters&, const SamplerSetup& setup) { return std::make_unique<Made>(setup); };
}

template <typename Made>
LabelerFactory labeler() {
  return [](const Parameters&, const LabelerSetup& setup) { return std::make_unique<Made>(setup); };
}

template <typename Made>
EncoderFactory encoder() {
  return [](const Parameters&, const EncoderSetup& setup) { return std::make_shared<Made>(setup); };
}

template <typename Made>
ReaderFactory reader() {
  return [](const Parameters& parameters) { return std::make_unique<Made>(parameters); };
}

ComponentInfo named(const std::string& id, Schema schema = {}) {
  return {.id = id, .summary = "a component of the tests", .schema = std::move(schema)};
}

void register_defects(Registrar& to) {
  to.head(named("good_head"), head<GoodHead>());
  to.head(named("wrong_shape"), head<WrongShape>());
  to.head(named("not_a_number"), head<NotANumber>());
  to.head(named("wrong_type"), head<WrongType>());
  to.head(named("missing_output"), head<MissingOutput>());
  to.head(named("unsorted"), head<Unsorted>());
  to.head(named("unknown_type"), head<UnknownType>());
  to.head(named("cut_gradient"), head<CutGradient>());
  to.head(named("not_stored"), head<NotStored>());
  to.head(named("changes_weights"), head<ChangesWeights>());
  to.head(named("keeps_state"), head<KeepsState>());
  to.head(named("one_thread"), head<OneThread>());
  to.head(named("no_empty_batch"), head<NoEmptyBatch>());
  to.head(named("global_random"), head<GlobalRandom>());
  to.head(named("calls_rand"), head<CallsRand>());
  to.head(named("draws_in_evaluation"), head<DrawsInEvaluation>());
  to.head(named("leaks"), head<Leaks>());
  to.head(named("eats_memory"), head<EatsMemory>());
  to.loss(named("good_loss"), loss<GoodLoss>());
  to.loss(named("one_value"), loss<OneValue>());
  to.loss(named("log_of_zero"), loss<LogOfZero>());
  to.loss(named("wrong_gradient"), loss<WrongGradient>());
  to.loss(named("hidden_mean"), loss<HiddenMean>());
  to.sampler(named("good_sampler"), sampler<GoodSampler>());
  to.sampler(named("empty_gold"), sampler<EmptyGold>());
  to.sampler(named("outside"), sampler<Outside>());
  to.sampler(named("gold_is_negative"), sampler<GoldIsNegative>());
  to.sampler(named("own_randomness"), sampler<OwnRandomness>());
  to.labeler(named("good_labeler"), labeler<GoodLabeler>());
  to.labeler(named("out_of_range"), labeler<OutOfRange>());
  to.reader(named("good_reader"), reader<GoodReader>());
  to.reader(named("throws_for_broken_files"), reader<ThrowsForBrokenFiles>());
  to.reader(named("long_mention"), reader<LongMention>());
  to.reader(named("takes_empty_files"), reader<TakesEmptyFiles>());
}

void register_encoders(Registrar& to) {
  Schema frozen;
  frozen.boolean("frozen", false, "keep the table as it is").frozen();
  to.encoder(named("good_encoder", frozen), encoder<GoodEncoder>());
  to.encoder(named("missing_unit"), encoder<MissingUnit>());
  to.encoder(named("loses_word"), encoder<LosesWord>());
  to.encoder(named("sees_neighbours", frozen), encoder<SeesNeighbours>());
  to.encoder(named("forgets_words"), encoder<ForgetsWords>());
  to.encoder(named("no_words_accepted"), encoder<NoWordsAccepted>());
}

// Schemas that are not what they say.
void register_schemas(Registrar& to) {
  Schema outside, nameless, unexplained, empty;
  outside.number("share", 2, "share of something").range(0, 1);
  nameless.number("Share Of", 0.5, "share of something");
  unexplained.number("share", 0.5, "");
  empty.text("form", "c", "form of something").choices({"a", "b"});
  to.head(named("default_outside", outside), head<GoodHead>());
  to.head(named("odd_name", nameless), head<GoodHead>());
  to.head(named("unexplained", unexplained), head<GoodHead>());
  to.head(named("no_such_choice", empty), head<GoodHead>());
}

// As `crashes_in_head_forward`.
void register_faults(Registrar& to) {
  const std::pair<Fault, std::string> faults[] = {
      {Fault::throws, "throws_in_"}, {Fault::crashes, "crashes_in_"}, {Fault::hangs, "hangs_in_"}};
  for (const auto& [fault, how] : faults) {
    const auto each = [&](const std::string& kind, std::initializer_list<const char*> functions,
                          const auto& add) {
      for (const char* function : functions) add(named(how + kind + "_" + function), Strike{fault, function});
    };
    each("head", {"factory", "outputs", "forward", "decode"}, [&](ComponentInfo info, const Strike& strike) {
      to.head(std::move(info), [strike](const Parameters&, const HeadSetup& setup) {
        return std::make_shared<FaultyHead>(setup, strike);
      });
    });
    each("loss", {"factory", "accepts", "forward"}, [&](ComponentInfo info, const Strike& strike) {
      to.loss(std::move(info), [strike](const Parameters&, const LossSetup& setup) {
        return std::make_unique<FaultyLoss>(setup, strike);
      });
    });
    each("sampler", {"factory", "sample_spans", "evaluation_spans"},
         [&](ComponentInfo info, const Strike& strike) {
           to.sampler(std::move(info), [strike](const Parameters&, const SamplerSetup& setup) {
             return std::make_unique<FaultySampler>(setup, strike);
           });
         });
    each("labeler", {"factory", "label_spans"}, [&](ComponentInfo info, const Strike& strike) {
      to.labeler(std::move(info), [strike](const Parameters&, const LabelerSetup& setup) {
        return std::make_unique<FaultyLabeler>(setup, strike);
      });
    });
    each("encoder", {"factory", "width", "encode", "forward"}, [&](ComponentInfo info, const Strike& strike) {
      to.encoder(std::move(info), [strike](const Parameters&, const EncoderSetup& setup) {
        return std::make_shared<FaultyEncoder>(setup, strike);
      });
    });
    each("reader", {"factory", "read"}, [&](ComponentInfo info, const Strike& strike) {
      to.reader(std::move(info), [strike](const Parameters& parameters) {
        return std::make_unique<FaultyReader>(parameters, strike);
      });
    });
  }
}

}  // namespace

SPANLAB_PLUGIN("broken", "1.0", "the Spanlab authors") {
  register_defects(registrar);
  register_encoders(registrar);
  register_schemas(registrar);
  register_faults(registrar);
}
