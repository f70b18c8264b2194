# SPDX-License-Identifier: MIT
"""A tiny BERT with random weights in a folder, and its card, as a person would have them."""

import hashlib
import json
import pathlib
import random
import struct
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from made_inputs import bert_shapes  # noqa: E402

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
CONFIG = {
    "model_type": "bert",
    "hidden_act": "gelu",
    "hidden_size": 8,
    "num_hidden_layers": 1,
    "num_attention_heads": 2,
    "intermediate_size": 12,
    "max_position_embeddings": 256,
    "type_vocab_size": 2,
    "hidden_dropout_prob": 0.1,
    "attention_probs_dropout_prob": 0.1,
    "layer_norm_eps": 1e-12,
    "initializer_range": 0.02,
    "pad_token_id": 0,
}


def weights(config, prefix=""):
    """(type, shape, bytes) by name."""
    draw = random.Random(7)
    named = {}
    for name, shape in bert_shapes(config['vocab_size'], 8, 12, 256).items():
        count = 1
        for size in shape:
            count *= size
        named[prefix + name] = (
            "F32",
            shape,
            struct.pack(f"<{count}f", *(draw.gauss(0, 0.2) for _ in range(count))),
        )
    return named


def write_tensors(file, tensors):
    header, offset = {}, 0
    for name, (kind, shape, data) in tensors.items():
        header[name] = {"dtype": kind, "shape": shape, "data_offsets": [offset, offset + len(data)]}
        offset += len(data)
    text = json.dumps(header).encode()
    file.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(data for _, _, data in tensors.values()))


class EncoderFolder:
    """Files of a model `name` below `root`, changed before `write` and by whoever wants to afterwards."""

    def __init__(self, root, name="tiny", pieces=(), uncased=True):
        self.root, self.name, self.folder = pathlib.Path(root), name, pathlib.Path(root) / name
        self.vocabulary = "\n".join([*SPECIAL, *pieces]) + "\n"
        self.config = dict(CONFIG, vocab_size=len(SPECIAL) + len(pieces))
        self.weights = weights(self.config)
        self.files = {}  # further ones: name → text or JSON
        self.named = ["config.json", "vocab.txt", "model.safetensors"]
        self.uncased = uncased

    def write(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "config.json").write_text(json.dumps(self.config))
        if self.vocabulary is not None:
            (self.folder / "vocab.txt").write_bytes(
                self.vocabulary if isinstance(self.vocabulary, bytes) else self.vocabulary.encode()
            )
        if self.weights is not None:
            write_tensors(self.folder / "model.safetensors", self.weights)
        for name, content in self.files.items():
            text = content if isinstance(content, (str, bytes)) else json.dumps(content)
            (self.folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        self.write_card()
        return self

    def write_card(self):
        """Names the files of `named`, by what they hold now."""
        lines = ['title = "made up"', 'licence = "MIT"', 'source = "made up"']
        if self.uncased is not None:
            lines.append(f"uncased = {str(self.uncased).lower()}")
        for number, name in enumerate(self.named):
            content = (self.folder / name).read_bytes()
            lines += [
                f"[files.f{number}]",
                f'path = "{name}"',
                f'sha256 = "{hashlib.sha256(content).hexdigest()}"',
            ]
        (self.root / "models").mkdir(exist_ok=True)
        (self.root / "models" / f"{self.name}.toml").write_text("\n".join(lines) + "\n")
