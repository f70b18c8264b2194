# SPDX-License-Identifier: MIT
"""The weights in an encoder's folder and the configuration beside them: what trains, and what is refused by
name."""

import pathlib
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import counted  # noqa: E402
from encoder_case import Case  # noqa: E402
from encoder_folder import EncoderFolder, weights  # noqa: E402


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
