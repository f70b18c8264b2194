# SPDX-License-Identifier: MIT
"""Counts of the trials of experiments/statistics/calibration.lua, what the tests of core/statistics make of
them, and the page that says so."""
import argparse
import json
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
STUDY = ROOT / "experiments/statistics/calibration.lua"
SCORES = {"entity": "entities", "relation.strict": "strict relations"}
TESTS = {
    "two_way_t_sum": "seeds and documents (`two_way_t_sum`)",
    "two_way_t": "the same, interaction taken off (`two_way_t`)",
    "welch_t": "seeds alone (Welch)",
    "documents_linearised_t": "documents alone (linearised t)",
    "randomisation_over_documents": "documents alone (randomisation)",
}
KINDS = {
    "same_a": "A against itself",
    "same_b": "B against itself",
    "mixed": "mixed by text",
    "differ": "A against B",
}
TEMPLATE = pathlib.Path(__file__).with_name("page.txt")


def output_of(*command):
    words = [str(word) for word in command]
    return subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout


def stored_counts(runs, trial):
    """What the newest finished attempt counted."""
    for attempt in sorted((runs / "trials" / trial).glob("attempt-*"), reverse=True):
        if json.loads((attempt / "status.json").read_text())["state"] == "finished":
            return json.loads((attempt / "counts.json").read_text())
    raise SystemExit(f"trial {trial} is not finished")


def by_document(counts, score):
    found = [[0, 0, 0] for _ in counts["documents"]]
    for document, _, correct, predicted, gold in counts["scores"][score]["counts"]:
        for place, number in enumerate((correct, predicted - correct, gold - correct)):
            found[document][place] += number
    return found


def gather(runs, data_path):
    """Both systems' counts of each score; A is the study's baseline, which comes first."""
    data = ("--data-path", data_path) if data_path else ()
    plan = json.loads(output_of("spanlab", "plan", STUDY, "--json", "--runs", runs, *data))
    systems = [[stored_counts(runs, trial["trial"]) for trial in row["trials"]] for row in plan["rows"]]
    return {
        "unit": systems[0][0]["unit"],
        "scores": {
            score: dict(zip("ab", ([by_document(seed, score) for seed in seeds] for seeds in systems)))
            for score in SCORES
        },
    }


def write_counts(counts, file):
    """A line for each seed."""
    text = json.dumps(counts, separators=(",", ":")).replace("]],[[", "]],\n[[")
    file.write_text(text + "\n", encoding="utf-8")


def read(file):
    return json.loads(file.read_text(encoding="utf-8"))


def percent(share):
    return f"{100 * share:.1f}"


def table_of(score, sizes):
    result = sizes[0]
    lines = [f"### {SCORES[score].capitalize()}", "", "Rejected, in %:", ""]
    lines += ["| what is taken for random | " + " | ".join(KINDS.values()) + " |"]
    lines += ["| --- | " + " | ".join("---:" for _ in KINDS) + " |"]
    for test, name in TESTS.items():
        rates = [percent(result[kind]["rejected"][test]) for kind in KINDS]
        lines.append(f"| {name} | " + " | ".join(rates) + " |")
    differ = result["differ"]
    lines += [
        "",
        f"A is {100 * differ['mean_difference']:+.1f} points from B in the mean of all draws. By its own "
        f"variances a comparison finds {100 * differ['mean_detectable_difference']:.1f} points with "
        f"80 % power (mean of the draws). The 95 % interval of `two_way_t_sum` holds the truth in "
        f"{percent(differ['interval_holds_truth'])} % of the draws of A against B.",
        "",
        "Parts of the variance of a difference, as standard deviations in points (mean over draws): "
        + "; ".join(f"{KINDS[kind]}: {parts_of(result[kind])}" for kind in ("same_a", "mixed"))
        + ".",
        "",
    ]
    return "\n".join(lines)


def sizes_table(results):
    """Where nothing differs, by the length of the test part."""
    shown = ["two_way_t_sum", "welch_t", "randomisation_over_documents"]
    null = [kind for kind in KINDS if kind != "differ"]
    lines = ["| score | sentences | " + " | ".join(f"{TESTS[test]}" for test in shown) + " |"]
    lines += ["| --- | ---: |" + " --- |" * len(shown)]
    for score, sizes in results.items():
        for result in sizes:
            cells = [", ".join(percent(result[kind]["rejected"][test]) for kind in null) for test in shown]
            lines.append(f"| {SCORES[score]} | {result['documents']} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def parts_of(tally):
    parts = tally["mean_variance_parts"]
    names = {"seeds": parts["seed_a"] + parts["seed_b"], "documents": parts["documents"],
             "interaction": parts["interaction"]}
    return ", ".join(f"{name} {100 * value**0.5:.2f}" for name, value in names.items())


def span(values):
    return f"{min(values):.1f} to {max(values):.1f} %"


def answer(results):
    """The sentences that the numbers allow."""

    def rates(test, *kinds):
        return [100 * sizes[0][kind]["rejected"][test] for sizes in results.values() for kind in kinds]

    sums = rates("two_way_t_sum", "same_a", "same_b", "mixed")
    kept = "stays" if all(1 <= rate <= 7 for rate in sums) else "does not stay"
    return (
        f"**`two_way_t_sum` {kept} between 1 and 7 %** where nothing differs: {span(sums)} over both scores. "
        f"It finds the difference between A and B in {span(rates('two_way_t_sum', 'differ'))} of the draws.\n"
        f"Welch's test over seeds alone has {span(rates('welch_t', 'same_a', 'same_b'))} for one system and "
        f"itself and {span(rates('welch_t', 'mixed'))} where the sample of texts matters; randomisation over "
        f"documents alone {span(rates('randomisation_over_documents', 'same_a', 'same_b'))} and "
        f"{span(rates('randomisation_over_documents', 'mixed'))}."
    )


def mean_points(values):
    return 100 * sum(values) / len(values)


def page_of(counts, calibration):
    results = calibration["scores"]
    first = next(iter(results.values()))[0]
    shorter = [
        result[kind]["rejected"]["two_way_t_sum"]
        for sizes in results.values() for result in sizes[1:] for kind in KINDS if kind != "differ"
    ]
    means = [
        f"{mean_points(sizes[0]['f1_a']):.1f} and {mean_points(sizes[0]['f1_b']):.1f} on {SCORES[score]}"
        for score, sizes in results.items()
    ]
    return TEMPLATE.read_text(encoding="utf-8").format(
        seeds=len(first["f1_a"]),
        draws=calibration["draws"],
        unit=counts["unit"],
        means=", ".join(means),
        near=" and ".join(f"{mean_points(sizes[0]['f1_a']):.0f}" for sizes in results.values()),
        documents=len(counts["scores"]["entity"]["a"][0]),
        half=first["documents_a_draw"],
        error=100 * (0.05 * 0.95 / calibration["draws"]) ** 0.5,
        answer=answer(results),
        tables="\n".join(table_of(score, sizes) for score, sizes in results.items()),
        sizes=sizes_table(results),
        below=sum(rate < 0.01 for rate in shorter),
        cells=len(shorter),
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("--runs", type=pathlib.Path, help="run store of the study; without it counts.json is read")
    add("--data-path", type=pathlib.Path, help="what corpus.py wrote, as the study was run with it")
    add("--program", type=pathlib.Path, default=ROOT / "build/bin/spanlab_calibration")
    add("--draws", type=int, default=2000)
    add("folder", type=pathlib.Path, nargs="?", default=ROOT / "reports/statistics")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    file, numbers = options.folder / "counts.json", options.folder / "calibration.json"
    if options.runs:
        write_counts(gather(options.runs, options.data_path), file)
    numbers.write_text(output_of(options.program, file, options.draws), encoding="utf-8")
    (options.folder / "README.md").write_text(page_of(read(file), read(numbers)), encoding="utf-8")


if __name__ == "__main__":
    main()
