# SPDX-License-Identifier: MIT
"""A run store with invented results, laid out as the runner lays it out: two factors, two ablations, curves,
and the predictions for a data set of sentences in SpERT's form."""

import hashlib
import json
import math
import pathlib
import random

METRICS = ["entity.f1", "relation.boundary.f1", "relation.strict.f1"]
NEGATIVES, FACTOR = "entity.sampler.negatives", "entity.loss.identify.iou_factor"
WORDS = "Ada met Bo in Oslo and Cy of Acme left Rome for Lima today".split()


def numbers(f1):
    return {"precision": f1 - 1 if f1 else 0, "recall": f1 + 1 if f1 else 0, "f1": f1, "support": 100}


def table(f1):
    return {"micro": numbers(f1), "macro": numbers(0.9 * f1), "per_type": {"Person": numbers(0.8 * f1)}}


def scores(entity, strict):
    relation = {"boundary": table(1.05 * strict), "strict": table(strict)}
    return {"entity": table(entity), "relation": relation}


def record(epoch, split, **more):
    return {"epoch": epoch, "step": 10 * epoch, "split": split, "seconds": 2.0, "losses": {}, **more}


def prediction(document, draw):
    """A sentence with two entities and, sometimes, their relation."""
    tokens = [draw.choice(WORDS) for _ in range(24)]
    entities = [{"type": "Person", "start": i, "end": i + 2} for i in sorted(draw.sample(range(20), 2))]
    relations = [{"type": "Knows", "head": 0, "tail": 1}] if draw.random() < 0.7 else []
    return {"tokens": tokens, "entities": entities, "relations": relations, "orig_id": f"d{document}"}


class Store:
    """Rows × seeds finished trials of the study `made-up`. `zero`: the relations of every model are wrong."""

    def __init__(self, folder, rows=6, seeds=3, epochs=5, documents=4, zero=False):
        self.folder, self.seeds = pathlib.Path(folder), list(range(1, seeds + 1))
        self.epochs, self.documents, self.zero = epochs, documents, zero
        draw = random.Random(18)
        lines, trials = [], 0
        for row in range(rows):
            settings, ablation, label = self.row(row, rows)
            factors = [list(each) for each in settings.items()]
            lines.append({"row": row, "ablation": ablation, "factors": factors, "label": label,
                          "base": row == 0, "configuration": self.configuration(settings),
                          "identity": {"device": "cpu"}})
            for seed in self.seeds:
                hash = hashlib.sha256(f"{row} {seed}".encode()).hexdigest()
                lines.append({"trial": hash, "seed": seed})
                trials += 1
                self.finish(hash, 70 + 10 * math.sin(row) + draw.gauss(0, 1), draw)
        head = {"format": 1, "study": "made-up", "question": "Do negatives help & does <scaling> matter?",
                "script": "experiments/made-up.lua", "arguments": [], "factors": [NEGATIVES, FACTOR],
                "seeds": self.seeds, "report": {"baseline": {FACTOR: 0}, "metrics": METRICS}, "origins": {},
                "rows": rows, "trials": trials}
        plans = self.folder / "studies/made-up/plans"
        plans.mkdir(parents=True)
        (plans / "p.jsonl").write_text("".join(json.dumps(line) + "\n" for line in [head, *lines]))
        (plans.parent / "plan").write_text("p")

    @staticmethod
    def row(row, rows):
        if row == rows - 1:
            return {"encoder.frozen": True}, "frozen encoder", "frozen encoder"
        if row == rows - 2:
            return {"train.lr": 0.1}, *["a learning rate that is far too high"] * 2
        settings = {NEGATIVES: 20 * (row // 2 + 1), FACTOR: row % 2}
        return settings, "", f"negatives = {settings[NEGATIVES]}, iou_factor = {settings[FACTOR]}"

    @staticmethod
    def configuration(settings):
        whole = {
            "data": {"name": "made-up", "train": "train", "dev": "dev", "test": "test", "limit": 0,
                     "overlap": "allowed"},
            "encoder": {"component": "bert", "model": "minilm", "frozen": False},
            "entity": {"sampler": {"component": "uniform", "negatives": 20},
                       "loss": {"identify": {"component": "bce", "iou_factor": 0}}},
            "train": {"epochs": 3, "lr": 5e-5, "precision": "float32"},
        }
        for path, value in settings.items():
            node = whole
            *parents, last = path.split(".")
            for name in parents:
                node = node[name]
            node[last] = value
        return whole

    def finish(self, hash, entity, draw):
        folder = self.folder / "trials" / hash / "attempt-1"
        (folder / "predictions").mkdir(parents=True)
        strict = 0 if self.zero else entity - 20
        lines = []
        for epoch in range(1, self.epochs + 1):
            share = 1 - 0.5 / epoch
            lines.append(record(epoch, "train", losses={"entity.classify": 1 / epoch}))
            lines.append(record(epoch, "dev", scores=scores(share * entity, share * strict)))
        final = record(self.epochs, "test", scores=scores(entity, strict), final=True)
        final["parameters"] = {"encoder": 22_000_000, "heads": 40_000}
        (folder / "metrics.jsonl").write_text("".join(json.dumps(line) + "\n" for line in [*lines, final]))
        (folder / "environment.json").write_text(json.dumps({"spanlab": "0.2.0", "libtorch": "2.13.0"}))
        status = {"state": "finished", "started": "2026-01-02T03:04:05Z"}
        (folder / "status.json").write_text(json.dumps(status))
        texts = [json.dumps(prediction(document, draw)) + "\n" for document in range(self.documents)]
        (folder / "predictions/test.jsonl").write_text("".join(texts))
