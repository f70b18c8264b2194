// SPDX-License-Identifier: MIT
#include "contract/subject.hpp"

#include "spanlab/error.hpp"

namespace spanlab::host::suite {

NamedTensors Answer::all() const {
  NamedTensors all = values;
  all.insert(others.begin(), others.end());
  return all;
}

std::unique_ptr<Built> Subject::build(const Order& order) const {
  try {
    return make(order);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::usage) throw;
    throw Refused{error.problems().front().message};
  }
}

std::unique_ptr<Subject> subject(const Surroundings& around, ComponentKind kind, const std::string& id) {
  using Make = std::unique_ptr<Subject> (*)(const Surroundings&, const std::string&);
  constexpr Make kMakers[] = {encoder_subject, head_subject,    loss_subject,
                              sampler_subject, labeler_subject, reader_subject};  // as ComponentKind
  return kMakers[static_cast<std::size_t>(kind)](around, id);
}

void try_out(Built& built) {
  const Scene tried(1, Shape::one_word);
  Generator generator(1);
  Pass pass{Mode::training, generator};
  built.answer(tried, pass);
}

std::vector<Use> kind_uses() {
  return {{"spans", HeadKind::spans}, {"pairs", HeadKind::pairs}, {"words", HeadKind::words}};
}

}  // namespace spanlab::host::suite
