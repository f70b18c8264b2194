# SPDX-License-Identifier: MIT
"""The sample corpus is what its generator writes, and has what its README promises."""
import collections
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "datasets" / "sample"
sys.path.insert(0, str(ROOT / "tests"))
import counted  # noqa: E402

SPLITS = {
    split: json.loads((SAMPLE / f"sample_{split}.json").read_text()) for split in ("train", "dev", "test")
}
TYPES = json.loads((SAMPLE / "sample_types.json").read_text())
ITEMS = [item for items in SPLITS.values() for item in items]


def text(item, entity):
    return " ".join(item["tokens"][entity["start"]:entity["end"]])


def pairs_of_entities():
    for item in ITEMS:
        for a in item["entities"]:
            for b in item["entities"]:
                if a is not b and a["start"] < b["end"] and b["start"] < a["end"]:
                    yield a, b


class Sample(unittest.TestCase):
    def test_generated_again_it_is_the_same_to_the_byte(self):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([sys.executable, SAMPLE / "generate.py", folder], check=True)
            made = sorted(pathlib.Path(folder).iterdir())
            self.assertEqual(
                [path.name for path in made],
                [f"sample_{part}.json" for part in ("dev", "test", "train", "types")],
            )
            for path in made:
                self.assertEqual(path.read_bytes(), (SAMPLE / path.name).read_bytes(), path.name)

    def test_the_card_names_these_files(self):
        card = (ROOT / "datasets" / "sample.toml").read_text()
        for path, sha256 in re.findall(r'path = "(.*)"\nsha256 = "(.*)"', card):
            self.assertEqual(hashlib.sha256((SAMPLE / path).read_bytes()).hexdigest(), sha256, path)

    def test_size_and_types(self):
        self.assertTrue(800 <= len(ITEMS) <= 1000)
        for split, items in SPLITS.items():
            self.assertEqual(
                {e["type"] for item in items for e in item["entities"]}, set(TYPES["entities"]), split
            )
            self.assertEqual(
                {r["type"] for item in items for r in item["relations"]}, set(TYPES["relations"]), split
            )
        self.assertEqual((len(TYPES["entities"]), len(TYPES["relations"])), (4, 5))
        self.assertEqual(
            [name for name, kind in TYPES["relations"].items() if kind["symmetric"]], ["Partner_Of"]
        )

    def test_names_are_ambiguous(self):
        types = collections.defaultdict(set)
        for item in SPLITS["train"]:
            for entity in item["entities"]:
                types[text(item, entity)].add(entity["type"])
        ambiguous = [name for name, kinds in types.items() if len(kinds) > 1]
        self.assertGreater(len(ambiguous), 80)

    def test_nested_and_crossing_spans(self):
        nested = [1 for a, b in pairs_of_entities() if a["start"] <= b["start"] and b["end"] <= a["end"]]
        crossing = [1 for a, b in pairs_of_entities() if a["start"] < b["start"] < a["end"] < b["end"]]
        self.assertGreater(len(nested), 100)
        self.assertGreater(len(crossing), 10)

    def test_near_misses(self):
        companies = [text(item, e) for item in ITEMS for e in item["entities"] if e["type"] == "Company"]
        self.assertGreater(sum(" and " in name for name in companies), 20)  # one name that looks like two
        self.assertGreater(sum(name.endswith(" Institute") for name in companies), 20)  # looks like a person
        titled = [
            1
            for item in ITEMS
            for e in item["entities"]
            if e["start"] and item["tokens"][e["start"] - 1] in ("Dr.", "Mayor", "Professor")
        ]
        self.assertGreater(len(titled), 40)                                      # titles stand outside

    def test_relations_in_both_directions(self):
        ways = collections.defaultdict(collections.Counter)
        for item in ITEMS:
            for r in item["relations"]:
                head, tail = item["entities"][r["head"]], item["entities"][r["tail"]]
                ways[r["type"]]["forward" if head["start"] < tail["start"] else "reversed"] += 1
        for name, counts in ways.items():
            self.assertGreater(min(counts["forward"], counts["reversed"]), 20, f"{name}: {counts}")

    def test_sentences_without_entities_and_without_relations(self):
        self.assertGreater(sum(not item["entities"] for item in ITEMS), 40)
        self.assertGreater(sum(len(item["entities"]) > 1 and not item["relations"] for item in ITEMS), 100)

    def test_no_sentence_is_in_two_splits(self):
        seen = collections.Counter(tuple(item["tokens"]) for item in ITEMS)
        self.assertEqual([" ".join(words) for words, count in seen.items() if count > 1], [])

    def test_wordings_that_training_lacks(self):
        clauses = (SAMPLE / "clauses.txt").read_text()
        new = [
            words
            for group in re.findall(r"//([^()]*)\)", clauses)
            for words in group.split("/")
            if "<" not in words
        ]
        self.assertGreater(len(new), 50)
        texts = {
            split: " ".join(f" {' '.join(item['tokens'])} " for item in SPLITS[split]) for split in SPLITS
        }
        self.assertEqual([words for words in new if f" {words} " in texts["train"]], [])
        self.assertGreater(sum(f" {words} " in texts["test"] for words in new), 40)

    def test_names_of_the_test_that_training_lacks(self):
        known = {word for item in SPLITS["train"] for word in item["tokens"]}
        unknown = [
            1 for item in SPLITS["test"] for e in item["entities"] if not set(text(item, e).split()) <= known
        ]
        self.assertGreater(len(unknown), 50)


if __name__ == "__main__":
    counted.main()
