# SPDX-License-Identifier: MIT
"""Whether the categories of `spanlab errors --json` add up to what the final scores of a trial say."""
import json
import sys

errors = json.load(open(sys.argv[1], encoding="utf-8"))
final = json.loads(open(sys.argv[2], encoding="utf-8").read().splitlines()[-1])["scores"]
for name, counts, score in (
    ("entity", errors["entity"], final["entity"]["micro"]),
    ("relation.strict", errors["relation"]["strict"], final["relation"]["strict"]["micro"]),
    ("relation.boundary", errors["relation"]["boundary"], final["relation"]["boundary"]["micro"]),
):
    positives = sum(line["false_positives"] for line in counts["categories"])
    negatives = sum(line["false_negatives"] for line in counts["categories"])
    correct = counts["all"]["correct"]
    assert correct + negatives == score["support"], name
    f1 = 200 * correct / max(1, 2 * correct + positives + negatives)
    assert abs(f1 - score["f1"]) < 1e-9, (name, f1, score["f1"])
    for table in counts["by"].values():
        assert sum(line["correct"] for line in table) == correct, name
        assert sum(line["false_positives"] for line in table) == positives, name
        assert sum(line["false_negatives"] for line in table) == negatives, name
print("sums: entity relation.strict relation.boundary")
