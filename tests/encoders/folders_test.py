# SPDX-License-Identifier: MIT
"""What the files of an encoder's folder and its card say of text: obeyed by every command, or refused by
name."""

import itertools
import json
import pathlib
import shutil
import sys
import unicodedata

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import counted  # noqa: E402
from encoder_case import STUDY, Case  # noqa: E402
from encoder_folder import SPECIAL, EncoderFolder  # noqa: E402
from reference_tokenizer import reference  # noqa: E402

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


if __name__ == "__main__":
    counted.main()
