#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes small inputs with their cards in the current folder, for tests that change them; `--data-path .`
finds them.

made_inputs.py encoder NAME     a random BERT of width 8 over single letters: NAME/ and models/NAME.toml
made_inputs.py data NAME        twelve sentences a split of the sample corpus: NAME/ and NAME.toml
made_inputs.py cards            writes the cards of all that is there anew, after a change
"""

import hashlib
import json
import pathlib
import random
import string
import struct
import sys

SAMPLE = pathlib.Path(__file__).resolve().parent.parent / "datasets/sample"
HEADER = (
    '# SPDX-License-Identifier: MIT\ntitle = "made up"\nlicence = "MIT"\nsource = "tests/made_inputs.py"\n'
)


def write_tensors(file, shapes, seed):
    generator = random.Random(seed)
    header, data = {}, b""
    for name, shape in shapes.items():
        count = 1
        for size in shape:
            count *= size
        begin = len(data)
        data += struct.pack(f"<{count}f", *(generator.gauss(0, 0.2) for _ in range(count)))
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [begin, len(data)]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    file.write_bytes(struct.pack("<Q", len(text)) + text + data)


def bert_shapes(pieces, width=8, inner=12, positions=256):
    shapes = {}

    def linear(name, rows, columns):
        shapes.update({name + ".weight": [rows, columns], name + ".bias": [rows]})

    def norm(name):
        shapes.update({name + ".LayerNorm.weight": [width], name + ".LayerNorm.bias": [width]})

    for name, rows in (("word", pieces), ("position", positions), ("token_type", 2)):
        shapes[f"embeddings.{name}_embeddings.weight"] = [rows, width]
    norm("embeddings")
    layer = "encoder.layer.0."
    for part in ("self.query", "self.key", "self.value", "output.dense"):
        linear(layer + "attention." + part, width, width)
    norm(layer + "attention.output")
    linear(layer + "intermediate.dense", inner, width)
    linear(layer + "output.dense", width, inner)
    norm(layer + "output")
    return shapes


def encoder(name):
    folder = pathlib.Path(name)
    folder.mkdir()
    signs = string.ascii_letters + string.digits + ".,;:'-\"()&%$"
    parts = ["##" + sign for sign in string.ascii_letters + string.digits]
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *signs, *parts]
    (folder / "vocab.txt").write_text("".join(piece + "\n" for piece in pieces))
    (folder / "config.json").write_text(
        json.dumps(
            {
                "model_type": "bert",
                "hidden_act": "gelu",
                "hidden_size": 8,
                "num_hidden_layers": 1,
                "num_attention_heads": 2,
                "intermediate_size": 12,
                "vocab_size": len(pieces),
                "max_position_embeddings": 256,
                "type_vocab_size": 2,
            }
        )
    )
    write_tensors(folder / "model.safetensors", bert_shapes(len(pieces)), seed=1)


def data(name):
    folder = pathlib.Path(name)
    folder.mkdir()
    (folder / "types.json").write_bytes((SAMPLE / "sample_types.json").read_bytes())
    for split in ("train", "dev", "test"):
        sentences = json.loads((SAMPLE / f"sample_{split}.json").read_text())
        (folder / f"{split}.json").write_text(json.dumps(sentences[:12], indent=0))


def table(name, file):
    return f'[{name}]\npath = "{file.name}"\nsha256 = "{hashlib.sha256(file.read_bytes()).hexdigest()}"\n'


def cards():
    for folder in sorted(path for path in pathlib.Path(".").iterdir() if path.is_dir()):
        if (folder / "config.json").exists():
            pathlib.Path("models").mkdir(exist_ok=True)
            files = {"config": "config.json", "vocabulary": "vocab.txt", "weights": "model.safetensors"}
            text = (
                HEADER
                + "uncased = false\n"
                + "".join(table("files." + key, folder / file) for key, file in files.items())
            )
            pathlib.Path("models", folder.name + ".toml").write_text(text)
        elif (folder / "types.json").exists():
            text = (
                HEADER
                + 'reader = "spert"\n[evaluation]\nprimary = "strict"\n'
                + table("types", folder / "types.json")
            )
            text += "".join(
                table(f"splits.{split}", folder / f"{split}.json") for split in ("train", "dev", "test")
            )
            pathlib.Path(folder.name + ".toml").write_text(text)


if __name__ == "__main__":
    kinds = {"encoder": encoder, "data": data}
    for kind, name in zip(sys.argv[1::2], sys.argv[2::2]):
        kinds[kind](name)
    cards()
