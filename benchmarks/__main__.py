# SPDX-License-Identifier: MIT
"""Times Spanlab, and beside it the Python reference, on this machine."""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import time

import growth
import limit as model
import machine
import page
import reports
import rows as table
import step_profile
import systems
from trials import Failed, Reference, Spanlab, find_data

ROOT = pathlib.Path(__file__).resolve().parents[1]
PARTS = ["rows", "profile", "systems", "kernels", "growth", "report"]
EXAMPLES = """examples:
  scripts/bench --baseline ../shared/baseline/run --json bench.json
  scripts/bench --rows train_f32 evaluate_f32 --repeat 3
  scripts/bench --baseline ../shared/baseline/run --report reports/performance
  scripts/bench --parts kernels profile
  scripts/bench --parts rows --limit 20 --repeat 1

The data are the first --limit sentences of CoNLL04's train and test splits,
the encoder is MiniLM, a batch has 2 sentences, with 100 negative spans and
pairs each. Rounds alternate between Spanlab and the reference. `limit` is the
time that the row's matrix products and unavoidable memory traffic need at the
rates measured in the same sitting, over the time taken."""


def read_options(arguments):
    parser = argparse.ArgumentParser(
        prog="scripts/bench",
        description=__doc__,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add(
        "--baseline",
        metavar="PATH",
        type=pathlib.Path,
        help="the reference's `run`; without it there are no ratios",
    )
    add(
        "--repeat",
        metavar="N",
        type=int,
        default=3,
        help="rounds of single trials (default 3); sweeps get half as many",
    )
    add("--limit", metavar="N", type=int, default=300, help="sentences of each split (default 300; 0: all)")
    add("--epochs", metavar="N", type=int, default=1, help="epochs of a trial (default 1)")
    add(
        "--frozen-epochs",
        metavar="N",
        type=int,
        default=5,
        help="epochs over a frozen encoder (default 5; the reference as many)",
    )
    add("--threads", metavar="N", type=int, help="cores to use (default: all)")
    add(
        "--rows",
        metavar="NAME",
        nargs="+",
        choices=table.NAMES,
        default=table.NAMES,
        help="the rows to measure: " + ", ".join(table.NAMES),
    )
    add("--parts", metavar="PART", nargs="+", choices=PARTS,
        help="what to measure: " + ", ".join(PARTS) + " (default: rows profile; with --report everything)")
    add("--json", metavar="FILE", type=pathlib.Path, help="write the figures")
    add("--report", metavar="DIR", type=pathlib.Path,
        help="write README.md, charts and bench.json there; parts that are not measured now stay as they are")
    chosen = parser.parse_args(arguments)
    for name in ("repeat", "epochs", "frozen_epochs"):
        if getattr(chosen, name) < 1:
            parser.error(f"--{name.replace('_', '-')}: expected a number from 1")
    if chosen.report and chosen.rows != table.NAMES:
        parser.error("--rows: the rows of a report come from one sitting")
    if chosen.limit < 0 or 0 < chosen.limit < table.BATCH:
        parser.error(f"--limit: expected 0 or at least {table.BATCH}")
    if chosen.baseline and not os.access(chosen.baseline, os.X_OK):
        parser.error(f"--baseline: {chosen.baseline} is no program")
    if chosen.threads is not None and not 0 < chosen.threads <= len(os.sched_getaffinity(0)):
        parser.error(f"--threads: this machine has {len(os.sched_getaffinity(0))} cores")
    chosen.parts = chosen.parts or (PARTS if chosen.report else ["rows", "profile"])
    return chosen


def commit():
    """The sources' commit, with `+` where files differ from it; empty outside a repository."""
    git = lambda *words: subprocess.run(
        ["git", "-C", ROOT, *words], capture_output=True, text=True
    ).stdout.strip()
    return git("rev-parse", "--short", "HEAD") + (
        "+" if git("status", "--porcelain", "--untracked-files=no") else ""
    )


def say(text):
    print(text, file=sys.stderr, flush=True)


def measure_rows(chosen, spanlab, reference, encoder, threads):
    settings = {
        "limit": chosen.limit,
        "epochs": chosen.epochs,
        "frozen_epochs": chosen.frozen_epochs,
        "repeat": chosen.repeat,
        "sweeps": max(1, chosen.repeat // 2),
        "threads": threads,
        "batch": table.BATCH,
        "reference": bool(reference),
    }
    work = table.Work(spanlab, find_data(), encoder, chosen.limit)
    bench = table.Bench(spanlab, reference, work, settings, say)
    # A short benchmark need not know the rates well.
    sizes = dict(
        bf16=machine.has_fast_bf16(),
        rows=work.sizes(),
        width=encoder.width,
        inner=encoder.inner,
        layers=encoder.layers,
        milliseconds=min(300, len(work.train)),
    )
    rates = machine.measure(spanlab.benchmarks, "rates", threads, spanlab.cores, **sizes)
    names = set(chosen.rows)
    if names - {"sweep_f32", "sweep_bf16", "sweep_frozen", "gpu_train", "gpu_evaluate"} or (
        reference and any(n.startswith("sweep") for n in names)
    ):
        bench.run_trials(names - {"sweep_f32", "sweep_bf16", "sweep_frozen"}, chosen.repeat)
    if names & {"sweep_f32", "sweep_bf16"}:
        bench.run_sweeps(names & {"sweep_f32", "sweep_bf16"}, settings["sweeps"])
    if "sweep_frozen" in names:
        bench.run_frozen(settings["sweeps"])
    again = machine.measure(spanlab.benchmarks, "rates", threads, spanlab.cores, **sizes)
    rates = machine.middle(rates, again)
    return {
        "machine": {**machine.describe(rates, threads), "rates": rates},
        "settings": settings,
        "work": {
            "train_sentences": len(work.train),
            "test_sentences": len(work.test),
            "step_sizes": work.step_sizes(),
            "embedding_rows": work.rows,
            "limit_model": model.__doc__.strip(),
        },
        "rows": table.all_rows(bench, rates, names),
    }


def main(arguments):
    chosen = read_options(arguments)
    build = pathlib.Path(os.environ.get("SPANLAB_BUILD", ROOT / "build"))
    threads = chosen.threads or len(os.sched_getaffinity(0))
    cores = set(sorted(os.sched_getaffinity(0))[:threads])
    spanlab = Spanlab(build, cores)
    reference = Reference(chosen.baseline.resolve(), cores) if chosen.baseline else None
    encoder = model.Encoder(384, 1536, 6)
    began = time.time()
    result = {"rows": [], "measured": {}}
    measures = {
        "rows": lambda: measure_rows(chosen, spanlab, reference, encoder, threads),
        "profile": lambda: {
            "profile": step_profile.profile_training(
                spanlab, ["--limit", str(chosen.limit)] if chosen.limit else []
            )
        },
        "systems": lambda: {"systems": systems.measure(spanlab, chosen.repeat)},
        "kernels": lambda: {
            part: machine.measure(spanlab.benchmarks, part, threads, cores) for part in ("kernels", "checks")
        },
        "growth": lambda: {"growth": growth.measure(spanlab, say)},
        "report": lambda: {"report": reports.measure(spanlab, say)},
    }
    try:
        for part in [part for part in PARTS if part in chosen.parts]:
            say(part)
            start = time.time()
            result.update(measures[part]())
            result["measured"][part] = {
                "day": time.strftime("%Y-%m-%d"),
                "commit": commit(),
                "seconds": round(time.time() - start),
            }
    except Failed as reason:
        say(f"scripts/bench: {reason}")
        return 1
    result["seconds"] = round(time.time() - began)
    page.print_text(result)
    if chosen.json:
        page.write_json(chosen.json, result)
    if chosen.report:
        earlier = chosen.report / "bench.json"
        page.write_report(
            chosen.report,
            page.merged(json.loads(earlier.read_text()), result) if earlier.exists() else result,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
