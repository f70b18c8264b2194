# SPDX-License-Identifier: MIT
"""What must catch the components of broken/: the item of the contract suite, and what a trial ends with.

Each entry is (component, item, a part of the item's message, a part of a trial's error). A trial does not see
everything: None.
"""

import hashlib

UNSEEN = None
CRASH = "crashed by signal 11 (Segmentation fault)"

# One defect each, in what they answer.
DEFECTS = [
    ("head/wrong_shape", "answers", "gave the output 'classify'", "expected floating-point numbers of"),
    ("head/not_a_number", "answers", "not finite", "the output 'classify' with a number that is not finite"),
    ("head/wrong_type", "answers", "gave the output 'classify'", "forward() gave the output 'classify' as"),
    ("head/missing_output", "answers", "did not give the output 'identify'", "did not give the output"),
    ("head/unsorted", "decisions", "expected an order by row", "expected an order by row"),
    ("head/unknown_type", "decisions", "type 3 of 3", "the type"),
    ("head/cut_gradient", "trained", "no gradient reaches 'weight'", UNSEEN),
    ("head/not_stored", "stored", "differs by up to", UNSEEN),
    ("head/changes_weights", "evaluation", "after evaluation: 'weight weight' differs", UNSEEN),
    ("head/keeps_state", "state", "asked again about one batch", UNSEEN),
    ("head/one_thread", "threads", "with another thread", UNSEEN),
    ("head/no_empty_batch", "empty", "forward() threw", UNSEEN),
    ("head/global_random", "randomness", "LibTorch's global generator", UNSEEN),
    ("head/calls_rand", "randomness", "calls rand()", UNSEEN),
    ("head/draws_in_evaluation", "evaluation", "draws random numbers in evaluation", UNSEEN),
    ("head/leaks", "memory", "more with each call", UNSEEN),
    ("head/eats_memory", "answers", "out of memory in head/eats_memory", "out of memory in head/eats_memory"),
    ("loss/one_value", "answers", "gave the values as", "gave the values as"),
    ("loss/log_of_zero", "finite", "not finite", UNSEEN),
    ("loss/wrong_gradient", "gradients", "in a direction in which the answers rise by", UNSEEN),
    ("loss/hidden_mean", "state", "asked again about one batch", UNSEEN),
    ("sampler/empty_gold", "answers", "no gold item", "no gold item"),
    ("sampler/outside", "answers", "gave the span", "gave the span"),
    ("sampler/gold_is_negative", "samples", "a gold span among its negatives", UNSEEN),
    ("sampler/own_randomness", "seed", "with one seed", UNSEEN),
    ("labeler/out_of_range", "answers", "gave the target 1.5", "gave the target 1.5"),
    ("encoder/missing_unit", "answers", "gave features of units", "gave features of units"),
    ("encoder/loses_word", "answers", "encode()", UNSEEN),
    ("encoder/sees_neighbours", "frozen", "depend on the other sentences of its batch", UNSEEN),
    ("encoder/forgets_words", "stored", "differs", UNSEEN),
    ("encoder/no_words_accepted", "refusals", "takes a sentence without words", UNSEEN),
    ("reader/throws_for_broken_files", "broken_files", "throws for an empty file", UNSEEN),
    ("reader/takes_empty_files", "broken_files", "finds no problem in an empty file", UNSEEN),
    ("head/default_outside", "schema", "share: its default does not fit", UNSEEN),
    ("head/odd_name", "schema", "its name is not in snake_case", UNSEEN),
    ("head/unexplained", "schema", "share: its sentence is empty", UNSEEN),
    ("head/no_such_choice", "schema", "form: its default does not fit", UNSEEN),
]

# What comes to an end in a function; all of these are seen by a trial, in its first step or its evaluation.
IN_TRIAL = [
    ("head", "forward", "answers"),
    ("head", "decode", "decisions"),
    ("loss", "forward", "answers"),
    ("sampler", "sample_spans", "answers"),
    ("sampler", "evaluation_spans", "answers"),
    ("labeler", "label_spans", "answers"),
    ("encoder", "forward", "answers"),
]
# Met before the first trial: by the checks of `spanlab run`.
BEFORE_TRIALS = [
    ("head", "factory", "answers"),
    ("head", "outputs", "answers"),
    ("loss", "factory", "answers"),
    ("loss", "accepts", "answers"),
    ("sampler", "factory", "answers"),
    ("labeler", "factory", "answers"),
    ("encoder", "factory", "answers"),
    ("encoder", "width", "answers"),
    ("encoder", "encode", "answers"),
]
OF_READERS = [("reader", "factory", "broken_files"), ("reader", "read", "broken_files")]

GOOD = ["head/good_head", "loss/good_loss", "sampler/good_sampler", "labeler/good_labeler",
        "encoder/good_encoder", "reader/good_reader"]

SLOTS = {
    "encoder": '["encoder"] = lab.encoder "{}" {{}}',
    "head": '["entity.head"] = lab.head "{}" {{}}',
    "loss": '["entity.loss.classify"] = lab.loss "{}" {{}}',
    "sampler": '["entity.sampler"] = lab.sampler "{}" {{}}',
    "labeler": '["entity.labeler"] = lab.labeler "{}" {{}}',
}

STUDY = """local lab = require "spanlab"

return lab.study "broken" {{
  data = lab.data "sample" {{ train = "train", test = "test", limit = 12 }},
  model = lab.model {{
    encoder = lab.encoder "good_encoder" {{}},
    tasks = {{
      entity = lab.task {{
        head = lab.head "good_head" {{}},
        loss = {{ classify = lab.loss "good_loss" {{}} }},
        sampler = lab.sampler "good_sampler" {{}},
        labeler = lab.labeler "good_labeler" {{}},
      }},
    }},
  }},
  train = {{ epochs = 1, batch = 4, keep = "none", check = true }},
  seeds = {{ 1 }},
  ablate = {{
{}
  }},
  report = {{ metrics = {{ "entity.f1" }} }},
}}
"""


def study(components):
    """A study that puts each component into the place of a good one."""
    rows = []
    for component in components:
        kind, name = component.split("/")
        change = SLOTS[kind].format(name)
        if name == "missing_output":
            losses = 'classify = lab.loss "good_loss" {}, identify = lab.loss "bce" {}'
            change += f', ["entity.loss"] = {{ {losses} }}'
        rows.append(f'    ["{name}"] = {{ {change} }},')
    return STUDY.format("\n".join(rows))


def write_corpus(folder, reader):
    """A data set of two sentences, whose card names the reader."""
    text = b"Ada lives here\nnobody does\n"
    (folder / reader).mkdir()
    (folder / reader / "train.txt").write_bytes(text)
    (folder / f"{reader}.toml").write_text(f"""title = "two sentences"
licence = "MIT"
source = "made up"
reader = "{reader}"

[evaluation]
primary = "strict"

[inventory.default]
entities = ["Person"]

[splits.train]
path = "train.txt"
sha256 = "{hashlib.sha256(text).hexdigest()}"
""")
