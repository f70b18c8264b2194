# SPDX-License-Identifier: MIT
"""How long a report takes: of a real run of 201 trials with 3 scores each, on 300 documents."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import time

from growth import sentence, write_data
from trials import STUDIES, Failed, last_line

DOCUMENTS = 300


def peak_and_seconds(command, cores):
    """Wall seconds and the most memory in MiB of a command, with all processes that it starts."""
    began = time.time()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                               preexec_fn=lambda: os.sched_setaffinity(0, cores))
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise Failed(last_line(said))
    return time.time() - began, used.ru_maxrss / 1024


def forget_counts(runs):
    """Counts by document, which a report makes of predictions once and keeps."""
    for file in runs.glob("trials/*/attempt-*/counts.json"):
        file.unlink()


def measure(spanlab, say, documents=DOCUMENTS, study=STUDIES / "report.lua"):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="spanlab-bench-"))
    try:
        made = [sentence(i, 12) for i in range(documents)]
        write_data(folder, made, made)
        common = ["--runs", folder / "runs", "--data-path", folder, "--quiet"]
        say("  running the trials")
        peak_and_seconds([spanlab.program, "run", study, *common], spanlab.cores)
        report = [spanlab.program, "report", "report", *common]
        steps = {}
        place = folder / "runs/studies/report/report"
        for name in ("from predictions, charts drawn", "from predictions", "again"):
            if name == "from predictions, charts drawn":
                shutil.rmtree(place)
            if name != "again":
                forget_counts(folder / "runs")
            say(f"  {name}")
            seconds, mib = peak_and_seconds(report, spanlab.cores)
            steps[name] = {"seconds": round(seconds, 3), "mib": round(mib, 1)}
        trials = sum(1 for _ in (folder / "runs/trials").iterdir())
        return {"trials": trials, "documents": documents, "steps": steps,
                "page_mib": round((place / "report.html").stat().st_size / 2**20, 3)}
    finally:
        shutil.rmtree(folder)
