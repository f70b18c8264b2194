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

FIRST_NAMES = """Ada Bruno Carla Dario Edith Felix Greta Hugo Ines Jonas Klara Leo Mara Nils Olga Pavel Rita Simon Thea
Viktor Wanda Yann Zora Emil Lotte Oskar Selma Anton Irma Kurt""".split()
ONSETS = "B Br D Dr F G Gr H K Kl L M N P R S St T Tr V W".split()
MIDDLES = "a e i o u au ei".split()
CODAS = "rd lm nn rk st ll ndt sk th lb rg ns".split()
ENDINGS = ["", "", "er", "ow", "en", "in", "a"]
COMMON_NOUNS = """harbour bridge market station river factory paper road school tower""".split()

# Words in angle brackets are slots <name:kind>, what follows the bar are the relations between them. A `bare` kind is a name that
# could be of any type: only the words around it tell.
CLAUSES = """
<a:person> works for <b:company> | Works_For a b
<a:person> , an engineer at <b:company> , | Works_For a b
<b:company> employs <a:person> as an accountant | Works_For a b
<b:company> hired <a:person> last spring | Works_For a b
<a:barePerson> joined <b:company> as a director | Works_For a b
<b:company> spokesman <a:person> denied the report | Works_For a b
director <a:person> of <b:company> resigned | Works_For a b
<a:person> and <c:person> both work for <b:company> | Works_For a b ; Works_For c b
<a:person> left <b:company> years ago |
<a:person> never worked for <b:company> |
<a:person> sued <b:company> over the delay |
<b:company> is based in <c:place> | Based_In b c
<b:company> , based in <c:place> , | Based_In b c
<c:place> is home to <b:company> | Based_In b c
the <c:place> headquarters of <b:company> burned down | Based_In b c
<b:company> of <c:place> reported a loss | Based_In b c
shares of <b:bareCompany> fell after the <c:place> strike |
<b:company> closed its office in <c:place> |
<b:company> has no plans for <c:place> |
<c:place> lies in <d:place> | Located_In c d
<c:place> , a village in <d:place> , | Located_In c d
the largest town of <d:place> is <c:place> | Located_In c d
<d:place> includes the port of <c:place> | Located_In c d
the road from <c:barePlace> to <d:barePlace> is closed |
<c:place> is far from <d:place> |
<b:company> makes <e:product> | Made b e
<e:product> , made by <b:company> , | Made b e
<e:product> was designed by <a:person> | Made a e
<a:person> designed <e:product> in a week | Made a e
<b:company> presented <e:product> in <c:place> | Made b e
<a:person> built <e:product> for <b:company> | Made a e
<a:person> drives a <e:bareProduct> |
<b:company> bought <e:product> from <f:company> | Made f e
<a:person> reviewed <e:product> |
<a:person> married <c:person> | Partner_Of a c
<a:person> and <c:person> are married | Partner_Of a c
<a:person> lives with her husband <c:person> | Partner_Of a c
<a:person> met <c:person> in <d:place> |
<a:person> praised <c:person> |
<b:company> and <f:company> are partners | Partner_Of b f
<b:company> competes with <f:company> |
<a:first> and <c:person> are married | Partner_Of a c
people in <c:barePlace> still talk about <e:product> |
<a:barePerson> told reporters that the talks failed |
<a:barePerson> smiled and shook hands with <c:barePerson> |
the price of a <e:bareProduct> doubled |
analysts expect <b:bareCompany> to cut jobs |
tourists flock to <c:barePlace> every summer |
<h:bridge> was built by <a:person> | Made a h
engineers inspected <h:bridge> |
""".strip().splitlines()

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
STATES = re.compile(r"\b(is|are|lies|lives|works?|employs|includes|makes|drives|competes|has|expect|flock|still)\b")
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
    """Words with marked spans (type, start, end), the first of them the thing itself, and relations between the spans."""

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
        return Phrase(f"{name} {draw.one(['Harbour', 'Valley', 'Station'])}", ("Place", 0, 2), ("Place", 0, 1),
                      relations=[("Located_In", 0, 1)])
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
        return Phrase(f"University of {name}", ("Company", 0, 3), ("Place", 2, 3), relations=[("Based_In", 0, 1)])
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


def phrase(draw, kind, names):
    name, other = draw.one(names), draw.one(names)
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

    def clause(self, draw, text, names):
        words, _, relations = text.partition("|")
        slots = {}
        for word in words.split():
            slot = re.fullmatch(r"<(\w):(\w+)>", word)
            if not slot:
                self.tokens.append(word)
                continue
            if slot[2] == "person" and draw.chance(0.15):  # titles are no part of a name
                self.tokens.append(draw.one(["Dr.", "Mayor", "Professor"]))
            slots[slot[1]] = self.add(phrase(draw, slot[2], names))
        for type_, head, tail in (relation.split() for relation in relations.split(";") if relation.strip()):
            pair = [slots[head], slots[tail]]
            if TYPES["relations"][type_]["symmetric"] and draw.chance(0.5):
                pair.reverse()
            self.relate(type_, *pair)


def sentence(draw, names):
    item = Item()
    if draw.chance(0.07):
        item.tokens = draw.one(EMPTY).split()
        if draw.chance(0.8):
            item.tokens[-1:] = draw.one(JOINTS).split() + draw.one(EMPTY).lower().split()
        return item
    first = draw.one(CLAUSES)
    if draw.chance(0.25) and not STATES.search(first):
        item.tokens += draw.one(TIMES).split() + [","]
    item.clause(draw, first, names)
    if item.tokens[-1] == ",":  # an insertion needs a main clause
        item.tokens += draw.one(["did not comment", "is well known", f"has a new {draw.one(COMMON_NOUNS)}"]).split()
    if draw.chance(0.45):
        item.tokens += draw.one(JOINTS).split()
        item.clause(draw, draw.one([c for c in CLAUSES if "> , " not in c]), names)
    item.tokens.append(".")
    item.tokens[0] = item.tokens[0][0].upper() + item.tokens[0][1:]
    return item


def corpus():
    draw = Draw(SEED)
    names = invent_names(draw, 150)
    shared, rest = names[:90], names[90:]  # a third of the names of dev and test do not occur in train
    own = {"train": rest[:20], "dev": rest[20:40], "test": rest[40:]}
    seen, splits = set(), {}
    for split, size in SIZES.items():
        items = []
        while len(items) < size:
            item = sentence(draw, shared + own[split])
            spans = {(e["start"], e["end"]) for e in item.entities}
            if tuple(item.tokens) in seen or len(spans) < len(item.entities):
                continue
            seen.add(tuple(item.tokens))
            items.append({"tokens": item.tokens, "entities": item.entities, "relations": item.relations,
                          "orig_id": f"{split}-{len(items)}"})
        splits[split] = items
    return splits


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent)
    for split, items in corpus().items():
        text = "[\n" + ",\n".join(json.dumps(item) for item in items) + "\n]\n"
        (folder / f"sample_{split}.json").write_text(text, encoding="utf-8")
    (folder / "sample_types.json").write_text(json.dumps(TYPES, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
