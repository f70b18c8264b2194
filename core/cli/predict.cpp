// SPDX-License-Identifier: MIT
#include "app/predict.hpp"

#include <ostream>

#include "app/run.hpp"
#include "cli/commands.hpp"

namespace spanlab::host::cli {

namespace {

void declare(Arguments& arguments, app::PredictOptions& options) {
  arguments.argument("trial", options.trial, "unique prefix of a trial's hash");
  arguments.argument_takes(Takes::trial);
  arguments.argument(
      "file", options.file,
      "text, one sentence a line, words split at white space; or JSON, a list of {\"tokens\": […]} or "
      "one such object a line; without it, or as -: standard input");
  arguments.argument_takes(Takes::file);
  arguments.option("device", "DEVICE", options.device, "cpu or cuda");
  arguments.option_takes(Choices{"cpu", "cuda"});
  arguments.option("threads", "N", options.threads, "processor threads; 0: all",
                   Range{.least = 0, .most = app::kMostJobs});
}

ExitCode predict(const app::PredictOptions& options, Context& context) {
  app::predict(options, context.places, context.progress(),
               [&](const std::string& line) { context.out << line << '\n'; });
  return ExitCode::done;
}

}  // namespace

Command predict_command() {
  return make_command({.name = "predict",
                       .synopsis = "TRIAL [FILE]",
                       .summary = "annotate text or JSON with a trained model, one JSON object a line",
                       .examples = {"spanlab predict 3f9a sentences.txt > predictions.jsonl",
                                    "echo 'Alice lives in Wonderland .' | spanlab predict 3f9a"}},
                      declare, predict);
}

}  // namespace spanlab::host::cli
