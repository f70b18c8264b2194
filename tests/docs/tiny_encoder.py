# SPDX-License-Identifier: MIT
"""Writes an encoder of the BERT family that is small enough for a test: config.json, vocab.txt,
model.safetensors."""

import json
import random
import string
import struct

SIZE, INNER, POSITIONS = 8, 16, 256


def shapes(pieces):
    found = {
        "embeddings.word_embeddings.weight": [pieces, SIZE],
        "embeddings.position_embeddings.weight": [POSITIONS, SIZE],
        "embeddings.token_type_embeddings.weight": [2, SIZE],
        "embeddings.LayerNorm.weight": [SIZE],
        "embeddings.LayerNorm.bias": [SIZE],
    }
    layer = "encoder.layer.0."
    for name, rows, columns in (("attention.self.query", SIZE, SIZE), ("attention.self.key", SIZE, SIZE),
                                ("attention.self.value", SIZE, SIZE), ("attention.output.dense", SIZE, SIZE),
                                ("intermediate.dense", INNER, SIZE), ("output.dense", SIZE, INNER)):
        found[f"{layer}{name}.weight"] = [rows, columns]
        found[f"{layer}{name}.bias"] = [rows]
    for name in ("attention.output.LayerNorm", "output.LayerNorm"):
        found[f"{layer}{name}.weight"] = [SIZE]
        found[f"{layer}{name}.bias"] = [SIZE]
    return found


def write(folder):
    letters = string.ascii_lowercase + string.digits + string.punctuation
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *("##" + letter for letter in letters)]
    folder.mkdir(parents=True)
    (folder / "vocab.txt").write_text("".join(piece + "\n" for piece in pieces), encoding="utf-8")
    configuration = {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_act": "gelu",
        "hidden_size": SIZE,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "intermediate_size": INNER,
        "vocab_size": len(pieces),
        "max_position_embeddings": POSITIONS,
        "type_vocab_size": 2,
        "hidden_dropout_prob": 0.1,
        "attention_probs_dropout_prob": 0.1,
        "layer_norm_eps": 1e-12,
        "initializer_range": 0.02,
        "pad_token_id": 0,
    }
    (folder / "config.json").write_text(json.dumps(configuration), encoding="utf-8")
    numbers = random.Random(1)
    header, data = {}, b""
    for name, shape in shapes(len(pieces)).items():
        count = shape[0] * (shape[1] if len(shape) > 1 else 1)
        ones = name.endswith("LayerNorm.weight")
        values = [1.0 if ones else numbers.gauss(0, 0.02) for _ in range(count)]
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [len(data), len(data) + 4 * count]}
        data += struct.pack(f"<{count}f", *values)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    (folder / "model.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + data)
