# SPDX-License-Identifier: MIT
"""What a training step of SpERT.MT costs beside one of SpERT: both from one run, one after the other."""
import statistics

from figures import rounded, steady
from rows import BATCH


def measure(spanlab, rounds, limit=120):
    """Medians over rounds, and their ratio."""
    seconds = {"SpERT": [], "SpERT.MT": []}
    for _ in range(rounds):
        for trial in spanlab.run("systems.lua", ["--limit", str(limit)], jobs=1).trials:
            splits = "identify" in trial.configuration["entity"]["head"]["outputs"]
            seconds["SpERT.MT" if splits else "SpERT"].append(steady(trial.trainings) / (limit // BATCH))
    medians = {name: statistics.median(values) for name, values in seconds.items()}
    return {
        "sentences": limit,
        "rounds": rounds,
        "seconds": {name: [rounded(value) for value in values] for name, values in seconds.items()},
        "ratio": rounded(medians["SpERT.MT"] / medians["SpERT"], 3),
    }
