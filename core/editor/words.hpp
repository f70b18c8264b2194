// SPDX-License-Identifier: MIT
#pragma once

namespace spanlab::host::editor {

/// A name of the language, what it is for a person, and what definition files call its type.
struct Word {
  const char* name;
  const char* text;
  const char* type;
};

/// What a study is made of, beside the values that its paths lead to.
inline constexpr Word kStudyWords[] = {
    {"question", "a text: what the study asks; it heads plan and report", "string"},
    {"data", "lab.data \"name\" { … }: the data set and its parts", "spanlab.Data"},
    {"model", "lab.model { encoder = …, tasks = { name = lab.task { … } } }, or a recipe's", "spanlab.Model"},
    {"train", "a table of settings", "spanlab.Train"},
    {"space", "what varies: lab.grid, zip, product, union, variants; of a space: where, when, sample",
     "spanlab.Space"},
    {"ablate",
     "{ [\"name\"] = { [\"path\"] = value } }: each changes the base model once and is compared with it",
     "table<string, spanlab.Changes>|table<string, spanlab.Changes>[]"},
    {"seeds", "a list of whole numbers from 0: every row is trained once for each", "integer[]"},
    {"profiles", "{ name = { [\"path\"] = value, seeds = …, space = … } }: what --profile name has instead",
     "table<string, spanlab.Profile>|table<string, spanlab.Profile>[]"},
    {"report", "{ baseline = { [\"path\"] = value }, metrics = { \"entity.f1\" }, claim = \"method\", … }",
     "spanlab.Report"},
};

/// The slots of a task.
inline constexpr Word kSlotWords[] = {
    {"head", "lab.head \"id\" { … }: scores candidates", "spanlab.Head"},
    {"loss", "{ output = lab.loss \"id\" { … } }: one for each output of the head",
     "table<string, spanlab.Loss>"},
    {"sampler", "lab.sampler \"id\" { … }: which candidates training and evaluation see", "spanlab.Sampler"},
    {"labeler", "lab.labeler \"id\" { … }: what the candidates' targets are", "spanlab.Labeler"},
};

}  // namespace spanlab::host::editor
