# SPDX-License-Identifier: MIT
"""What the files of an encoder's folder and its card say of text: obeyed by every command, or refused by
name."""

import itertools
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests/encoders")]
import counted  # noqa: E402
from encoder_folder import SPECIAL, EncoderFolder, weights  # noqa: E402

BUILD = pathlib.Path(os.environ.get("SPANLAB_BUILD", ROOT / "build"))
WORDS = [
    "über",
    "Über",
    "ÜBER",
    "naïve",
    "Zoë",
    "Zoe\u0308",
    "İstanbul",
    "ΣΟΦΟΣ",
    "中文字",
    "a中b",
    "Ångström",
    "don't",
    "x-ray",
    "\u200bzero",
    "[SEP]",
    "[sep]",
    "ガス",
    "한국",
    "ﬁn",
    "\u2126m",
    "\u212aelvin",
    "e\u0301\u0323",
    "ǅ",
    "ß",
    "ẞ",
    "ñandú",
    "\U0001f600",
    "豈",
]
STUDY = """local lab = require "spanlab"
local spert = require "recipes.spert"
return lab.study "small" {
  data = lab.data "sample" { train = "dev", test = "dev", limit = 8 },
  model = spert.model { encoder = lab.encoder "bert" { model = "tiny" } },
  train = { epochs = 1, batch = 4, lr = 1e-3 },
}
"""


# transformers' BertTokenizer (the class in Python), written from its description: an independent second
# version.
def reference(word, lower, strip, chinese, vocabulary):
    def is_control(c):
        return c not in "\t\n\r" and unicodedata.category(c).startswith("C")

    def is_chinese(c):
        return any(
            a <= ord(c) <= b
            for a, b in (
                (0x4E00, 0x9FFF),
                (0x3400, 0x4DBF),
                (0x20000, 0x2A6DF),
                (0x2A700, 0x2B73F),
                (0x2B740, 0x2B81F),
                (0x2B820, 0x2CEAF),
                (0xF900, 0xFAFF),
                (0x2F800, 0x2FA1F),
            )
        )

    def is_punctuation(c):
        return (
            33 <= ord(c) <= 47
            or 58 <= ord(c) <= 64
            or 91 <= ord(c) <= 96
            or 123 <= ord(c) <= 126
            or unicodedata.category(c).startswith("P")
        )

    def basic(text):
        text = "".join(
            " " if c.isspace() else c for c in text if ord(c) not in (0, 0xFFFD) and not is_control(c)
        )
        if chinese:
            text = "".join(f" {c} " if is_chinese(c) else c for c in text)
        for token in unicodedata.normalize("NFC", text).split():
            if lower:
                token = token.lower()
            if strip or (strip is None and lower):
                token = "".join(
                    c for c in unicodedata.normalize("NFD", token) if unicodedata.category(c) != "Mn"
                )
            part = ""
            for c in token:
                if is_punctuation(c):
                    yield from filter(None, (part, c))
                    part = ""
                else:
                    part += c
            if part:
                yield part

    def cut(token):
        pieces, start = [], 0
        while start < len(token):
            ends = [
                end
                for end in range(len(token), start, -1)
                if ("##" if start else "") + token[start:end] in vocabulary
            ]
            if not ends:
                return ["[UNK]"]
            pieces.append(("##" if start else "") + token[start : ends[0]])
            start = ends[0]
        return pieces

    if word in SPECIAL:
        return [word]
    if lower:
        word = "".join(c.lower() for c in word)
    return [piece for token in basic(word) for piece in cut(token)] or ["[UNK]"]


def letters():
    """Pieces that show every letter as it came through, however it was treated."""
    forms = {
        c
        for word in WORDS
        for text in (word, word.lower(), word.upper())
        for form in ("NFC", "NFD")
        for c in unicodedata.normalize(form, text)
    }
    kept = sorted(c for c in forms if not unicodedata.category(c).startswith("C"))
    return kept + ["##" + c for c in kept]


class Case(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.root = pathlib.Path(temporary.name)

    def spanlab(self, *arguments, text=""):
        environment = dict(os.environ, XDG_CONFIG_HOME=str(self.root / "config"), OMP_NUM_THREADS="1")
        return subprocess.run(
            [BUILD / "bin/spanlab", *arguments, "--data-path", "."],
            cwd=self.root,
            input=text,
            capture_output=True,
            text=True,
            env=environment,
            check=False,
        )

    def pieces(self, words, model="tiny"):
        result = self.spanlab("tokenize", "--model", model, "--json", text="\n".join(words) + "\n")
        self.assertEqual(result.returncode, 0, result.stderr)
        found = [json.loads(line) for line in result.stdout.splitlines()]
        return [one["pieces"][1:-1] for one in found]

    def run_study(self):
        (self.root / "small.lua").write_text(STUDY)
        return self.spanlab("run", "small.lua", "--jobs", "1", "--runs", "runs")

    def refused(self, result, *fragments):
        self.assertEqual(result.returncode, 4, result.stdout + result.stderr)
        for fragment in fragments:
            self.assertIn(fragment, result.stderr)


class Text(Case):
    """What decides pieces."""

    def test_text_is_treated_as_the_reference_does(self):
        for lower, strip, chinese in itertools.product((True, False), (None, True, False), (True, False)):
            model = EncoderFolder(self.root, pieces=letters(), uncased=lower)
            model.files["tokenizer_config.json"] = {
                "do_lower_case": lower,
                "strip_accents": strip,
                "tokenize_chinese_chars": chinese,
                "tokenizer_class": "BertTokenizer",
                "model_max_length": 512,
            }
            model.named.append("tokenizer_config.json")
            model.write()
            vocabulary = {*SPECIAL, *letters()}
            for word, pieces in zip(WORDS, self.pieces(WORDS)):
                with self.subTest(word=word, lower=lower, strip=strip, chinese=chinese):
                    self.assertEqual(pieces, reference(word, lower, strip, chinese, vocabulary))

    def test_the_card_alone_decides_casing(self):
        for uncased, pieces in ((False, ["Old"]), (True, ["old"])):
            EncoderFolder(self.root, pieces=["old", "Old"], uncased=uncased).write()
            self.assertEqual(self.pieces(["Old"]), [pieces])
            self.assertEqual(self.spanlab("data", "check", "tiny").returncode, 0)

    def test_the_folder_decides_where_the_card_is_silent(self):
        model = EncoderFolder(self.root, pieces=["old", "Old"], uncased=None)
        model.files["tokenizer_config.json"] = {"do_lower_case": False}
        model.named.append("tokenizer_config.json")
        model.write()
        self.assertEqual(self.pieces(["Old"]), [["Old"]])

    def test_nobody_says_it(self):
        EncoderFolder(self.root, pieces=["old", "mill"], uncased=None).write()
        self.assertEqual(self.pieces(["Old"]), [["old"]])
        EncoderFolder(self.root, pieces=["old", "Old"], uncased=None).write()
        self.refused(
            self.spanlab("tokenize", "Old", "--model", "tiny"),
            "vocab.txt",
            "'Old' of line 7",
            "uncased in",
            "tiny.toml",
        )

    def test_two_sources_that_disagree_are_named(self):
        for files in (
            {"tokenizer_config.json": {"do_lower_case": True}},
            {
                "tokenizer.json": {
                    "normalizer": {"type": "BertNormalizer", "lowercase": True},
                    "pre_tokenizer": {"type": "BertPreTokenizer"},
                    "model": {"type": "WordPiece", "vocab": {"old": 5}},
                }
            },
        ):
            for named in (True, False):
                model = EncoderFolder(self.root, pieces=["old", "Old"], uncased=False)
                model.files, name = files, next(iter(files))
                model.named += [name] if named else []
                model.write()
                for command in (("tokenize", "Old", "--model", "tiny"), ("data", "check", "tiny")):
                    self.refused(
                        self.spanlab(*command), f"tiny/{name}", "is true, but", "tiny.toml: uncased is false"
                    )
                (model.folder / name).unlink()

    def test_a_file_that_the_card_does_not_name_decides_nothing(self):
        model = EncoderFolder(self.root, pieces=["old", "über", "uber"])
        model.files["tokenizer_config.json"] = {"do_lower_case": True, "strip_accents": False}
        model.write()
        self.refused(
            self.spanlab("tokenize", "über", "--model", "tiny"),
            "tokenizer_config.json: strip_accents: is false",
            "does not name this file",
            "[files.tokenizer_config]",
        )
        model.files["tokenizer_config.json"] = {"do_lower_case": True, "strip_accents": None}
        model.write()
        self.assertEqual(self.pieces(["über"]), [["uber"]])
        model.named.remove("vocab.txt")
        model.write_card()
        self.refused(
            self.spanlab("tokenize", "über", "--model", "tiny"),
            "vocab.txt: the card",
            "does not name this file",
        )

    def test_a_plan_is_not_made_over_what_would_be_refused(self):
        model = EncoderFolder(self.root, pieces=["old"])
        model.write()
        (self.root / "small.lua").write_text(STUDY)
        self.assertEqual(self.spanlab("plan", "small.lua").returncode, 0)
        (model.folder / "tokenizer_config.json").write_text('{"do_lower_case": false}')
        self.refused(self.spanlab("plan", "small.lua"), "do_lower_case: is false, but", "uncased is true")

    def test_what_is_not_supported_is_refused_by_name(self):
        cases = {
            "tokenizer_config.json": {
                "do_lower_case": "false",
                "tokenizer_class": "BertJapaneseTokenizer",
                "do_basic_tokenize": False,
                "never_split": ["x"],
                "unk_token": "<unk>",
                "cls_token": {"content": "<s>"},
                "model_max_length": "512",
                "tokenize_chinese_chars": 1,
                "strip_accents": "no",
                "additional_special_tokens": ["<e>"],
                "added_tokens_decoder": {"7": {"content": "<e>" * 40}},
                "word_tokenizer_type": "mecab",
            },
            "special_tokens_map.json": {
                "sep_token": "</s>",
                "mask_token": {"content": "[MASK]", "lstrip": True},
            },
            "added_tokens.json": {"<new>": 9, "[MASK]": 3},
            "config.json": {"tokenizer_class": "BertJapaneseTokenizer"},
            "tokenizer.json": {
                "normalizer": {"type": "Sequence"},
                "pre_tokenizer": {"type": "Whitespace"},
                "model": {"type": "BPE", "vocab": {"old": 6}},
                "added_tokens": [{"id": 9, "content": "<new>", "special": True}],
            },
        }
        for name, content in cases.items():
            for key, value in content.items():
                model = EncoderFolder(self.root, name="other", pieces=["old"])
                if name == "config.json":
                    model.config.update({key: value})
                else:
                    model.files[name] = {key: value}
                    model.named.append(name)
                shutil.rmtree(model.folder, ignore_errors=True)
                with self.subTest(file=name, key=key):
                    model.write()
                    self.refused(self.spanlab("data", "check", "other"), f"other/{name}", key)

    def test_an_unknown_key_is_warned_of_once(self):
        model = EncoderFolder(self.root, pieces=["old"])
        model.files["tokenizer_config.json"] = {
            "do_lower_case": True,
            "strip_acents": True,
            "padding_side": "right",
        }
        model.named.append("tokenizer_config.json")
        model.write()
        result = self.spanlab("tokenize", "old", "--model", "tiny")
        self.assertEqual(result.returncode, 0)
        self.assertEqual(result.stderr.count("warning:"), 1, result.stderr)
        self.assertIn(
            "strip_acents is not known here and is not obeyed; did you mean 'strip_accents'?", result.stderr
        )

    def test_vocabularies_with_blank_and_repeated_lines(self):
        model = EncoderFolder(self.root, pieces=["old", "mill", "old"])
        model.vocabulary = ("\ufeff" + model.vocabulary).replace("mill", "").replace("\n", "\r\n") + "\n\n"
        model.write()
        self.assertEqual(self.pieces(["old"]), [["old"]])
        result = self.spanlab("tokenize", "old", "--model", "tiny", "--json")
        self.assertEqual(json.loads(result.stdout)["ids"], [2, 7, 3])
        for text, fragment in (
            (b"[PAD]\n[UNK]\n[CLS]\n[SEP]\ncaf\xe9\n", "vocab.txt:5:4: is not UTF-8"),
            ("old\n".encode("utf-16"), "UTF-16"),
            (b"[UNK]\n[CLS]\n[SEP]\na\0b\n", "vocab.txt:4: holds a NUL byte"),
            (b"[PAD]\n", "has no special piece [UNK]"),
            (b"\n\n", "is empty"),
        ):
            model.vocabulary = text
            model.write()
            self.refused(self.spanlab("tokenize", "old", "--model", "tiny"), fragment)

    def test_a_card_is_strict(self):
        model = EncoderFolder(self.root, pieces=["old"]).write()
        card = self.root / "models/tiny.toml"
        text = card.read_text()
        for change, fragment in (
            ('uncased = "false"', "uncased must be true or false"),
            ("uncased = true\nuncasd = false", "unknown key 'uncasd'; did you mean 'uncased'?"),
            (
                'uncased = true\n[files.again]\npath = "vocab.txt"\nsha256 = "' + "0" * 64 + '"',
                "which another entry names already",
            ),
        ):
            card.write_text(text.replace("uncased = true", change))
            self.refused(self.spanlab("tokenize", "old", "--model", "tiny"), "tiny.toml:", fragment)

    def test_a_folder_in_place_of_a_card(self):
        EncoderFolder(self.root, pieces=["old"]).write()
        result = self.spanlab("tokenize", "old", "--model", "./tiny")
        self.assertEqual(result.returncode, 2)
        for fragment in (
            "unknown pretrained model './tiny'",
            "it is a folder",
            "DIR/models/tiny.toml",
            "[files.vocab]",
            "sha256 = ",
            "--data-path DIR",
        ):
            self.assertIn(fragment, result.stderr)


class Weights(Case):
    """What the network is read from."""

    def words(self):
        return [
            "[unused0]",
            *"abcdefghijklmnopqrstuvwxyz.,'-0123456789",
            *("##" + c for c in "abcdefghijklmnopqrstuvwxyz.,'-0123456789"),
        ]

    def test_harmless_differences_train(self):
        model = EncoderFolder(self.root, pieces=self.words())
        model.config["vocab_size"] += 6
        model.weights = weights(model.config, "module.bert.")
        model.weights["quant.scale"] = ("F8_E4M3", [4], b"\0" * 4)
        model.weights["position_ids"] = ("I64", [1], b"\0" * 8)
        model.vocabulary += "\n"
        model.config["hidden_activation"] = "gelu"
        model.write()
        result = self.run_study()
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertEqual(result.stderr.count("warning:"), 1, result.stderr)
        self.assertIn("tiny/config.json: hidden_activation is not known here", result.stderr)

    def test_what_lies_there_instead_and_the_cure(self):
        def without_weights(name):
            def change(model):
                model.weights = None
                model.named = ["config.json", "vocab.txt", name]
                model.files[name] = "{}"

            return change

        def without_vocabulary(model):
            model.vocabulary = None
            model.named.remove("vocab.txt")
            model.files["tokenizer.json"] = "{}"

        def other_prefix(model):
            model.weights = weights(model.config, "roberta.")

        def two_networks(model):
            model.weights = {**weights(model.config, "a.bert."), **weights(model.config, "b.bert.")}

        def no_bert(model):
            model.weights = {"lm_head.bias": ("F32", [1], b"\0" * 4)}

        def other_type(model):
            model.weights["embeddings.LayerNorm.bias"] = ("F8_E4M3", [8], b"\0" * 8)

        def missing(model):
            for name in list(model.weights)[5:11]:
                del model.weights[name]

        def not_finite(model):
            kind, shape, data = model.weights["embeddings.LayerNorm.bias"]
            model.weights["embeddings.LayerNorm.bias"] = (kind, shape, b"\0\0\x80\x7f\0\0\xc0\x7f" + data[8:])

        def too_many_pieces(model):
            model.vocabulary += "one\ntwo\n"

        def tokenizer_named(model):
            without_vocabulary(model)
            model.named.append("tokenizer.json")

        def unnamed_weights(model):
            model.named.remove("model.safetensors")

        cases = [
            (
                without_weights("pytorch_model.bin"),
                "model.safetensors: is missing: pytorch_model.bin is here; convert it",
            ),
            (without_weights("model.safetensors.index.json"), "the weights lie in parts"),
            (without_weights("tf_model.h5"), "tf_model.h5 is here"),
            (
                without_vocabulary,
                "vocab.txt: is missing, which the encoder 'bert' reads: tokenizer.json holds",
            ),
            (tokenizer_named, "vocab.txt: is missing: tokenizer.json holds the vocabulary; write it out"),
            (other_prefix, "tensors begin with 'roberta.'"),
            (two_networks, "several networks: tensors begin with 'a.bert.', 'b.bert.'"),
            (no_bert, "holds no BERT"),
            (other_type, "'embeddings.LayerNorm.bias' is of the type F8_E4M3, expected F32"),
            (missing, "6 tensors are missing: "),
            (not_finite, "holds 2 numbers that are not finite"),
            (too_many_pieces, "pieces, but config.json and the weights have"),
            (unnamed_weights, "model.safetensors: may change what an encoder reads"),
        ]
        for change, fragment in cases:
            with self.subTest(fragment=fragment):
                shutil.rmtree(self.root / "tiny", ignore_errors=True)
                model = EncoderFolder(self.root, name="tiny", pieces=self.words())
                change(model)
                model.write()
                self.refused(self.run_study(), fragment)


if __name__ == "__main__":
    counted.main()
