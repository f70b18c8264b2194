# SPDX-License-Identifier: MIT
"""Label noise written a second time, from the words of data/noise.hpp, to check the first.

usage: noise_reference.py > noise_expected.json

The first sentences of the sample corpus under noise of each kind.
"""

import json
import pathlib

MASK = (1 << 64) - 1
SAMPLE = pathlib.Path(__file__).resolve().parents[2] / "datasets" / "sample"
SENTENCES, SEED, RATE = 60, 7, 0.4


def rotated(value, bits):
    return (value << bits | value >> (64 - bits)) & MASK


def split_mix(state):
    state = (state + 0x9E3779B97F4A7C15) & MASK
    z = (state ^ state >> 30) * 0xBF58476D1CE4E5B9 & MASK
    z = (z ^ z >> 27) * 0x94D049BB133111EB & MASK
    return state, z ^ z >> 31


class Generator:
    def __init__(self, seed):
        self.seed, self.state, running = seed, [], seed
        for _ in range(4):
            running, word = split_mix(running)
            self.state.append(word)

    def split(self, purpose):
        if isinstance(purpose, str):
            number = 0xCBF29CE484222325
            for byte in purpose.encode():
                number = (number ^ byte) * 0x100000001B3 & MASK
            purpose = number
        return Generator(split_mix(split_mix(self.seed)[1] ^ rotated(purpose, 32))[1])

    def next(self):
        s = self.state
        result = rotated(s[1] * 5 & MASK, 7) * 9 & MASK
        t = s[1] << 17 & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotated(s[3], 45)
        return result

    def below(self, bound):
        while True:
            draw = self.next()
            if draw >= (1 << 64) % bound:
                return draw % bound

    def uniform(self):
        return (self.next() >> 11) / (1 << 53)


def struck(generator, what, count):
    """(place, its generator) of the items that the noise strikes."""
    for place in range(count):
        own = generator.split(what).split(place)
        if own.uniform() < RATE:
            yield place, own


def other_than(value, values, own):
    return [v for v in values if v != value][own.below(len(values) - 1)]


def turned(entities, relations, symmetric):
    """Symmetric relations begin at their earlier entity."""
    result = []
    for head, tail, made in relations:
        swap = made in symmetric and entities[tail][0] < entities[head][0]
        result.append((tail, head, made) if swap else (head, tail, made))
    return result


def noisy(kind, words, entities, relations, entity_types, relation_types, symmetric, generator):
    entities, relations, count = list(entities), turned(entities, relations, symmetric), len(entities)
    if kind == "type":
        for i, own in struck(generator, "entity", count):
            begin, end, old = entities[i]
            new = (begin, end, other_than(old, entity_types, own))
            if new not in entities:
                entities[i] = new
        for i, own in struck(generator, "relation", len(relations)):
            head, tail, old = relations[i]
            relations[i] = (head, tail, other_than(old, relation_types, own))
    elif kind == "boundary":
        for i, own in struck(generator, "entity", count):
            begin, end, old = entities[i]
            shifts = [(begin - 1, end), (begin + 1, end), (begin, end - 1), (begin, end + 1)]
            shifts = [(b, e) for b, e in shifts if 0 <= b < e <= words]
            if shifts:
                new = (*shifts[own.below(len(shifts))], old)
                if new not in entities:
                    entities[i] = new
    elif kind == "drop":
        lost = {i for i, _ in struck(generator, "entity", count)}
        gone = {i for i, _ in struck(generator, "relation", len(relations))}
        kept = [i for i in range(count) if i not in lost]
        relations = [
            (kept.index(h), kept.index(t), r)
            for i, (h, t, r) in enumerate(relations)
            if i not in gone and h not in lost and t not in lost
        ]
        entities = [entities[i] for i in kept]
    elif kind == "spurious":
        for i, own in struck(generator, "entity", count):
            width = entities[i][1] - entities[i][0]
            begin = own.below(words - width + 1)
            made = (begin, begin + width, entity_types[own.below(len(entity_types))])
            if made[:2] not in [entity[:2] for entity in entities]:
                entities.append(made)
        if count >= 2:
            for _, own in struck(generator, "relation", len(relations)):
                head = own.below(count)
                tail = other_than(head, range(count), own)
                made = relation_types[own.below(len(relation_types))]
                pairs = [(h, t) for h, t, _ in relations]
                if (head, tail) not in pairs and not (made in symmetric and (tail, head) in pairs):
                    relations.append((head, tail, made))
    return entities, turned(entities, relations, symmetric)


def main():
    types = json.loads((SAMPLE / "sample_types.json").read_text())
    entity_types, relation_types = list(types["entities"]), list(types["relations"])
    symmetric = {name for name, entry in types["relations"].items() if entry["symmetric"]}
    items = json.loads((SAMPLE / "sample_train.json").read_text())[:SENTENCES]
    expected = {}
    for kind in ("type", "boundary", "drop", "spurious"):
        expected[kind] = []
        for item in items:
            entities = [(e["start"], e["end"], e["type"]) for e in item["entities"]]
            relations = [(r["head"], r["tail"], r["type"]) for r in item["relations"]]
            generator = Generator(SEED).split("default").split(str(item["orig_id"]))
            expected[kind].append(
                noisy(
                    kind,
                    len(item["tokens"]),
                    entities,
                    relations,
                    entity_types,
                    relation_types,
                    symmetric,
                    generator,
                )
            )
    lines = [
        f'"{kind}": [\n' + ",\n".join(json.dumps(s, separators=(",", ":")) for s in sentences) + "\n]"
        for kind, sentences in expected.items()
    ]
    print("{" + ",\n".join(lines) + "}")


if __name__ == "__main__":
    main()
