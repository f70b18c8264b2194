# SPDX-License-Identifier: MIT
"""transformers' BertTokenizer (the class in Python), written from its description: an independent second
version."""
import unicodedata

from encoder_folder import SPECIAL


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
