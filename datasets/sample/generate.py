#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the sample corpus: sample_{train,dev,test,types}.json into the folder given, or beside this file.

The same seed gives the same bytes with every Python: only random() is used, whose sequence Python guarantees.
"""
import json
import pathlib
import random
import re
import sys

SEED = 20040
# Names, and how often they are taken from those that the split has for itself.
SHARED_NAMES, OWN_NAMES, OWN = 70, 60, 0.5
SIZES = {"train": 600, "dev": 120, "test": 180}

TYPES = {
    "entities": {
        "Person": {"short": "Pers", "verbose": "Person"},
        "Company": {"short": "Comp", "verbose": "Company or institution"},
        "Place": {"short": "Place", "verbose": "Place"},
        "Product": {"short": "Prod", "verbose": "Product or work"},
    },
    "relations": {
        "Works_For": {"short": "Works", "verbose": "Works for", "symmetric": False},
        "Based_In": {"short": "Based", "verbose": "Based in", "symmetric": False},
        "Located_In": {"short": "Loc", "verbose": "Located in", "symmetric": False},
        "Made": {"short": "Made", "verbose": "Made", "symmetric": False},
        "Partner_Of": {"short": "Partn", "verbose": "Partner of", "symmetric": True},
    },
}

FIRST_NAMES = (
    """Ada Bruno Carla Dario Edith Felix Greta Hugo Ines Jonas Klara Leo Mara Nils Olga Pavel Rita Simon Thea
Viktor Wanda Yann Zora Emil Lotte Oskar Selma Anton Irma Kurt""".split()
)
ONSETS = "B Br D Dr F G Gr H K Kl L M N P R S St T Tr V W".split()
MIDDLES = "a e i o u au ei".split()
CODAS = "rd lm nn rk st ll ndt sk th lb rg ns".split()
ENDINGS = ["", "", "er", "ow", "en", "in", "a"]

FOLDER = pathlib.Path(__file__).parent
CLAUSES = [line for line in (FOLDER / "clauses.txt").read_text().splitlines() if line and line[0] != "#"]
EMPTY = """
The rain stopped before noon .
Nobody knows when the factory will open again .
The director of the school did not answer .
Prices rose again last week , and the market stayed calm .
A new bridge over the river would cost too much .
The mayor and her husband opened the station .
Most engineers work for small companies .
He drives an old car and lives far from the harbour .
The spokesman denied that the paper is for sale .
Tickets for the tower are sold at the market .
No company in the town makes anything that people want .
The road along the river is closed in winter .
She joined the union , left it , and joined again .
Two villages lie behind the hills .
""".strip().splitlines()
TIMES = ["yesterday", "on Monday", "last year", "in March", "this week", "in 1987"]
ASIDES = [
    ", as far as we know ,",
    ", according to the paper ,",
    "( see page 4 )",
    ", of all things ,",
    "reportedly",
    "- so they say -",
]
JOINTS = [", while", ", but", ", and", ";"]


class Draw:
    """Choices from random() alone."""

    def __init__(self, seed):
        self.random = random.Random(seed).random

    def below(self, bound):
        return int(self.random() * bound)

    def one(self, items):
        return items[self.below(len(items))]

    def chance(self, probability):
        return self.random() < probability


def invent_names(draw, count):
    names = []
    while len(names) < count:
        name = draw.one(ONSETS) + draw.one(MIDDLES) + draw.one(CODAS) + draw.one(ENDINGS)
        if len(name) > 4 and name not in names:
            names.append(name)
    return names


class Phrase:
    """Words with marked spans (type, start, end), the first of them the thing itself, and relations between
    the spans."""

    def __init__(self, words, *spans, relations=()):
        self.words, self.spans, self.relations = words.split(), spans, relations


def person(draw, name):
    first = draw.one(FIRST_NAMES)
    words = draw.one([f"{first} {name}", f"{first} {name}", f"{first} {draw.one('ABDHKM')} . {name}", name])
    return Phrase(words, ("Person", 0, len(words.split())))


def place(draw, name):
    form = draw.below(6)
    if form == 0:
        return Phrase(f"{draw.one(['New', 'Old', 'Upper', 'Port'])} {name}", ("Place", 0, 2))
    if form == 1:  # the harbour lies in the town that its name begins with
        return Phrase(
            f"{name} {draw.one(['Harbour', 'Valley', 'Station'])}",
            ("Place", 0, 2),
            ("Place", 0, 1),
            relations=[("Located_In", 0, 1)],
        )
    return Phrase(name, ("Place", 0, 1))


def company(draw, name, other):
    form = draw.below(9)
    if form == 0:
        return Phrase(f"{name} & Sons", ("Company", 0, 3))
    if form == 1:
        return Phrase(f"{name} {draw.one(['Motors', 'Bank', 'Press', 'Group'])}", ("Company", 0, 2))
    if form == 2:
        return Phrase(f"{name} and {other} Ltd.", ("Company", 0, 4))
    if form == 3:  # an institution is where its name says
        return Phrase(
            f"University of {name}", ("Company", 0, 3), ("Place", 2, 3), relations=[("Based_In", 0, 1)]
        )
    if form == 4:
        return Phrase(f"Bank of {name} Insurance", ("Company", 0, 4), ("Company", 0, 3), ("Place", 2, 3),
                      relations=[("Based_In", 1, 2)])
    if form == 5:  # no person, though the words could be one
        return Phrase(f"{draw.one(FIRST_NAMES)} {name} Institute", ("Company", 0, 3))
    return Phrase(name, ("Company", 0, 1))


def product(draw, name):
    form = draw.below(5)
    if form == 0:
        words = f"{name} {draw.one(['300', 'X2', 'Mark II', 'Turbo'])}"
        return Phrase(words, ("Product", 0, len(words.split())))
    if form == 1:
        return Phrase(f"The Ghost of {name}", ("Product", 0, 4), ("Place", 3, 4))
    if form == 2:
        return Phrase(f"Model {name}", ("Product", 0, 2))
    return Phrase(name, ("Product", 0, 1))


SINGULAR = {"people": "person", "places": "place", "companies": "company", "products": "product"}


def phrase(draw, kind, name, other):
    if kind.startswith("bare"):
        return Phrase(name, (kind[4:], 0, 1))
    if kind == "first":
        return Phrase(draw.one(FIRST_NAMES), ("Person", 0, 1))
    if kind == "bridge":  # two spans that cross: the bridge of the harbour, and the harbour of the town
        return Phrase(f"{name} {draw.one(['Harbour', 'Valley'])} Bridge", ("Product", 1, 3), ("Place", 0, 2))
    if kind == "company":
        return company(draw, name, other)
    return {"person": person, "place": place, "product": product}[kind](draw, name)


class Item:
    """A sentence while it is being written."""

    def __init__(self):
        self.tokens, self.entities, self.relations = [], [], []

    def add(self, thing):
        """Appends a phrase and returns the number of its first span."""
        offset, first = len(self.tokens), len(self.entities)
        self.tokens += thing.words
        for type_, start, end in thing.spans:
            self.entities.append({"type": type_, "start": offset + start, "end": offset + end})
        for type_, head, tail in thing.relations:
            self.relate(type_, first + head, first + tail)
        return first

    def relate(self, type_, head, tail):
        self.relations.append({"type": type_, "head": head, "tail": tail})

    def listing(self, draw, kind, names):
        """Appends two or three mentions, `A , B and C`, and returns the numbers of their first spans."""
        numbers = []
        for left in reversed(range(2 + draw.below(2))):
            numbers.append(self.add(phrase(draw, kind, names(), names())))
            if left:
                self.tokens.append("," if left > 1 else "and")
        return numbers

    def slot(self, draw, kind, names):
        if kind in SINGULAR:
            return self.listing(draw, SINGULAR[kind], names)
        if kind == "person" and draw.chance(0.25):  # titles are no part of a name
            self.tokens.append(draw.one(["Dr.", "Mayor", "Professor"]))
        return [self.add(phrase(draw, kind, names(), names()))]

    def clause(self, draw, text, names, unseen):
        words, _, relations = text.partition("|")
        slots = {}
        for word in reworded(draw, words, unseen).split():
            slot = re.fullmatch(r"<(\w):(\w+)>", word)
            if not slot:
                if word != "," or self.tokens[-1] != ",":  # an aside may have brought one
                    self.tokens.append(word)
                continue
            slots[slot[1]] = self.slot(draw, slot[2], names)
            if len(slots) == 1 and draw.chance(0.12):
                self.tokens += draw.one(ASIDES).split()
        for type_, heads, tails in (
            relation.split() for relation in relations.split(";") if relation.strip()
        ):
            for pair in ([head, tail] for head in slots[heads] for tail in slots[tails]):
                if TYPES["relations"][type_]["symmetric"] and draw.chance(0.5):
                    pair.reverse()
                self.relate(type_, *pair)


def reworded(draw, text, unseen):
    """One wording of each group; half of the time, where `unseen` is allowed, one that training never
    shows."""
    def choose(group):
        known, _, new = group[1].partition("//")
        return draw.one((new if new and unseen and draw.chance(0.5) else known).split("/"))
    return re.sub(r"\(([^()]*/[^()]*)\)", choose, text)


def sentence(draw, names, unseen):
    item = Item()
    if draw.chance(0.07):
        item.tokens = draw.one(EMPTY).split()
        if draw.chance(0.8):
            second = draw.one([line for line in EMPTY if line.split() != item.tokens])
            item.tokens[-1:] = draw.one(JOINTS).split() + second.lower().split()
        return item
    if draw.chance(0.12):
        item.tokens += draw.one(TIMES).split() + [","]
    item.clause(draw, draw.one(CLAUSES), names, unseen)
    if draw.chance(0.4):
        item.tokens += draw.one(JOINTS).split()
        item.clause(draw, draw.one(CLAUSES), names, unseen)
    item.tokens.append(".")
    item.tokens[0] = item.tokens[0][0].upper() + item.tokens[0][1:]
    return item


def corpus():
    draw = Draw(SEED)
    all_names = invent_names(draw, SHARED_NAMES + len(SIZES) * OWN_NAMES)
    shared, rest = all_names[:SHARED_NAMES], all_names[SHARED_NAMES:]
    seen, splits = set(), {}
    for split, size in SIZES.items():
        own, rest = rest[:OWN_NAMES], rest[OWN_NAMES:]
        items = []
        while len(items) < size:
            item = sentence(draw, lambda: draw.one(own if draw.chance(OWN) else shared), split != "train")
            spans = {(e["start"], e["end"]) for e in item.entities}
            if tuple(item.tokens) in seen or len(spans) < len(item.entities):
                continue
            seen.add(tuple(item.tokens))
            items.append({"tokens": item.tokens, "entities": item.entities, "relations": item.relations,
                          "orig_id": f"{split}-{len(items)}"})
        splits[split] = items
    return splits


def main():
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    for split, items in corpus().items():
        text = "[\n" + ",\n".join(json.dumps(item) for item in items) + "\n]\n"
        (folder / f"sample_{split}.json").write_text(text, encoding="utf-8")
    (folder / "sample_types.json").write_text(json.dumps(TYPES, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
