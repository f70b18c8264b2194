# SPDX-License-Identifier: MIT
"""The figures as text at 80 columns, JSON and a page with charts."""
import json
import os
import pathlib
import statistics
import subprocess
import sys
import textwrap

import charts
import machine

VEGA = pathlib.Path(__file__).resolve().parents[1] / "scripts/vega.py"
MEANING = {
    "train_f32": "training, one trial, all cores",
    "train_bf16": "the same in bf16",
    "evaluate_f32": "evaluation of the test split, all cores",
    "evaluate_bf16": "the same in bf16",
    "start_up": "process start to first training step",
    "memory": "peak resident memory of a trial",
    "trial_f32": "one trial end to end, all cores",
    "trial_bf16": "the same in bf16",
    "sweep_f32": "sweep of 8 trials, end to end",
    "sweep_bf16": "the same in bf16",
    "sweep_frozen": "the same over a frozen encoder, heads and losses vary",
    "gpu_train": "training on a GPU",
    "gpu_evaluate": "evaluation on a GPU",
}


def number(value, form="{:.4g}"):
    return "–" if value is None else form.format(value)


def percent(value, form="{:.0f} %"):
    return "–" if value is None else form.format(100 * value)


def machine_lines(result):
    m = result.get("machine")
    if not m:
        return []
    lines = [
        f"{m['processor']}, {m['cores']} cores ({m['threads']} used), {m['memory_gib']:.0f} GiB",
        f"LibTorch {m['libtorch']} ({m['instruction_set']}), "
        f"{'fast' if m['bf16_instructions'] else 'no'} bf16",
    ]
    return lines


def rates_table(rates):
    """Rows of (what, one thread, all threads, one thread per core) in 10⁹ per second."""
    giga = lambda value: number(value and value / 1e9, "{:.1f}")
    rows = []
    for p in rates["products"]:
        for way in [way for way in ("forward", "backward") if way in p]:
            rows.append(
                (
                    f"{p['type']} products, {p['rows']} rows, {way}",
                    *(giga(p[way][mode]) for mode in ("one", "all", "apart")),
                )
            )
    for kind, square in rates["square"].items():
        rows.append((f"{kind} products, 2048 × 2048", giga(square["one"]), giga(square["all"]), "–"))
    for name, pattern in rates["memory"].items():
        rows.append((f"memory, {name} (bytes)", giga(pattern["one"]), giga(pattern["all"]), "–"))
    return rows


def kernel_rows(result):
    """(kernel, direction, size, time, rate, share of the machine's peak) of every micro-benchmark; attention
    runs on one thread."""
    rates = result["kernels"]["rates"]
    rows = []
    for k in result["kernels"]["kernels"]:
        mode = "one" if k["kernel"] == "attention" else "all"
        peak, memory = rates["square"]["float32"][mode], max(
            pattern[mode] for pattern in rates["memory"].values()
        )
        of_products, of_memory = k["flops"] / k["seconds"] / peak, k["bytes"] / k["seconds"] / memory
        if of_products > of_memory:
            rate, share = f"{k['flops'] / k['seconds'] / 1e9:.1f} GFLOP/s", of_products
        else:
            rate, share = f"{k['bytes'] / k['seconds'] / 1e9:.1f} GB/s", of_memory
        rows.append(
            (
                k["kernel"],
                k["direction"],
                f"{k['size']:,} {k['unit']}",
                f"{1e6 * k['seconds']:,.1f}",
                rate,
                percent(share),
            )
        )
    return rows


def print_rows(rows):
    print(f"{'row':<14}{'unit':<13}{'Spanlab':>9}{'':7}{'reference':>10}{'':7}{'ratio':>8}{'limit':>8}")
    for row in rows:
        if row["ours"] is None:
            print(
                textwrap.fill(
                    row["reason"], 80, initial_indent=f"{row['name']:<14}", subsequent_indent=" " * 14
                )
            )
            continue
        spread = {
            who: percent(value, "±{:.0f} %") if value is not None else ""
            for who, value in row["spread"].items()
        }
        print(
            f"{row['name']:<14}{row['unit']:<13}{number(row['ours']):>9}{spread['ours']:>7}"
            f"{number(row['reference']):>10}{spread['reference']:>7}"
            f"{number(row['ratio'], '{:.3g} ×'):>8}{percent(row['limit_fraction']):>8}"
        )
    for row in rows:
        if row.get("note"):
            print(textwrap.fill(f"{row['name']}: {row['note']}", 80, subsequent_indent="  "))


def report_words(report):
    return (
        f"report of {report['trials']} trials with 3 scores each on {report['documents']} documents; its "
        f"page has {report['page_mib']:.2f} MiB"
    )


def print_text(result):
    """Everything that was measured, on standard output."""
    for line in machine_lines(result):
        print(textwrap.fill(line, 80))
    if result.get("machine"):
        print(f"\n{'10⁹ operations or bytes per second':<44}{'1 thread':>10}{'all':>10}{'1 per core':>12}")
        for what, one, every, apart in rates_table(result["machine"]["rates"]):
            print(f"{what:<44}{one:>10}{every:>10}{apart:>12}")
    if result["rows"]:
        s = result["settings"]
        print(
            f"\nCoNLL04, first {s['limit'] or 'all'} sentences of train and test, "
            f"epochs {s['epochs']} (frozen {s['frozen_epochs']}), rounds {s['repeat']}\n"
        )
        print_rows(result["rows"])
    if "profile" in result:
        print(f"\nwhere a step's time goes ({result['profile']['samples']} samples of all threads)")
        for part in result["profile"]["parts"]:
            print(f"  {percent(part['share'], '{:5.1f} %')}  {part['part']}")
    if "systems" in result:
        print(f"\na step of SpERT.MT takes {result['systems']['ratio']:.3g} times that of SpERT")
    if "kernels" in result:
        print(f"\n{'kernel':<30}{'':<9}{'size':>15}{'µs':>11}{'peak':>8}")
        for kernel, direction, size, time, _, share in kernel_rows(result):
            print(f"{kernel:<30}{direction:<9}{size:>15}{time:>11}{share:>8}")
    if "checks" in result:
        checks = result["checks"]
        print(
            f"\nlooking at what components answer takes {percent(checks['share'], '{:.2f} %')} of a step of "
            f"{1e3 * checks['step']:.1f} ms ({checks['calls']:.0f} calls)"
        )
    if "growth" in result:
        print(f"\n{'growth with':<22}{'range':>16}{'time':>10}{'memory':>10}  (exponents)")
        for g in result["growth"]:
            sizes = f"{g['points'][0]['x']:,}–{g['points'][-1]['x']:,}"
            print(
                f"{g['name']:<22}{sizes:>16}{number(g['exponent_seconds'], '{:.2f}'):>10}"
                f"{number(g['exponent_mib'], '{:.2f}'):>10}"
            )
    if "report" in result:
        print(f"\n{report_words(result['report'])}")
        for name, step in result["report"]["steps"].items():
            print(f"{name:<32}{step['seconds']:>9.2f} s{step['mib']:>9.0f} MiB")
    print(f"\n{result['seconds']} s in all")


def merged(old, new):
    """What was measured now, and the parts of an earlier result that were not."""
    both = {**old, **new, "measured": {**old["measured"], **new["measured"]}}
    if "rows" not in new["measured"]:
        both["rows"] = old["rows"]
    return both


def write_json(file, result):
    """Under a temporary name first, so that nothing half-written is left."""
    draft = file.with_name(file.name + ".part")
    draft.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    os.replace(draft, file)


def markdown_table(heading, rows):
    yield "| " + " | ".join(heading) + " |"
    yield "| --- |" + " ---: |" * (len(heading) - 1)
    for row in rows:
        yield "| " + " | ".join(row) + " |"
    yield ""


def report_lines(result, drawn):
    s, m = result["settings"], result["machine"]
    yield from [
        "# Performance",
        "",
        "Made by",
        "",
        "```sh",
        "scripts/bench --baseline ../shared/baseline/run --report reports/performance",
        "```",
        "",
        "With `--parts` it measures only these and keeps the other figures.",
        "",
    ]
    yield from markdown_table(
        ["part", "measured on", "commit", "seconds"],
        [(part, how["day"], how["commit"], str(how["seconds"])) for part, how in result["measured"].items()],
    )
    yield from [". ".join(machine_lines(result)) + ".", ""]
    yield from [
        f"CoNLL04, the first {s['limit'] or 'all'} sentences of train and test, MiniLM, "
        f"batches of {s['batch']}, "
        "100 negative spans and pairs, "
        f"{s['epochs']} epoch(s), over a frozen encoder {s['frozen_epochs']}. Spanlab and the "
        "Python reference ran in turn in one sitting on the same "
        f"{s['threads']} cores, {s['repeat']} rounds of trials and {s['sweeps']} of sweeps. Medians; "
        "± is half the distance between "
        f"the largest and the smallest. All figures: [bench.json](bench.json).",
        "",
    ]
    yield from ["## Rows", ""]
    with_spread = lambda row, who: number(row[who]) + (
        percent(row["spread"][who], " ± {:.0f} %") if row["spread"][who] is not None else ""
    )
    rows = [
        (
            f"`{r['name']}`",
            MEANING[r["name"]],
            with_spread(r, "ours"),
            with_spread(r, "reference"),
            r["unit"],
            number(r["ratio"], "{:.3g} ×"),
            percent(r["limit_fraction"]),
            percent(r.get("peak_fraction")),
        )
        for r in result["rows"]
        if r["ours"] is not None
    ]
    yield from markdown_table(
        ["row", "what", "Spanlab", "reference", "unit", "ratio", "of the limit", "at peak rates"], rows
    )
    for r in result["rows"]:
        if r.get("reason") or r.get("note"):
            yield f"- `{r['name']}`: {r.get('reason') or r['note']}"
    yield from ["", "## The limit", "", *result["work"]["limit_model"].splitlines(), ""]
    yield from [
        f"Steps of {', '.join(map(str, result['work']['step_sizes']))} pieces stand for a fifth of the "
        f"steps each; {result['work']['embedding_rows']:,} embedding rows occur.",
        "",
    ]
    yield from [
        "## The machine",
        "",
        "10⁹ operations or bytes per second. Products are those of the encoder's layers, "
        "each with weights of its own.",
        "",
    ]
    yield from markdown_table(
        ["", "one thread", "all threads", "one thread per core, together"], rates_table(m["rates"])
    )
    yield from [
        "## Where a step's time goes",
        "",
        f"{result['profile']['samples']:,} samples of every thread of a trial's process, which trained for "
        f"{percent(result['profile']['training'])} of its time.",
        "",
    ]
    yield from markdown_table(
        ["part", "share"], [(p["part"], percent(p["share"], "{:.1f} %")) for p in result["profile"]["parts"]]
    )
    yield from markdown_table(
        ["function", "object", "share"],
        [
            (f"`{f['function']}`", f["object"], percent(f["share"], "{:.1f} %"))
            for f in result["profile"]["functions"]
        ],
    )
    own = result["systems"]
    yield from [
        "## SpERT.MT beside SpERT",
        "",
        f"A training step with the same numbers of negatives, the first {own['sentences']} sentences, "
        f"{own['rounds']} rounds: "
        + " against ".join(
            f"{1000 * statistics.median(own['seconds'][name]):.1f} ms ({name})"
            for name in ("SpERT.MT", "SpERT")
        )
        + f", {own['ratio']:.3g} times.",
        "",
    ]
    yield from [
        "## Kernels",
        "",
        "The last column is the fraction of the highest rate of products (attention: by one thread, "
        "as it runs) or of memory, "
        "whichever is nearer, that this machine reached. What fits the caches can be faster than memory.",
        "",
    ]
    yield from markdown_table(
        ["kernel", "direction", "size", "µs", "rate", "of the peak"], kernel_rows(result)
    )
    yield from [
        "## Growth",
        "",
        "Time ∝ size^exponent, fitted over all points; the steepest slope between neighbouring "
        "points stands in brackets. "
        "1 is linear.",
        "",
    ]
    fitted = (
        lambda g, what: (
            f"{number(g['exponent_' + what], '{:.2f}')} ({number(g['steepest_' + what], '{:.2f}')})"
        )
    )
    yield from markdown_table(
        ["with", "from", "to", "time", "memory"],
        [
            (
                g["name"],
                f"{g['points'][0]['x']:,}",
                f"{g['points'][-1]['x']:,}",
                fitted(g, "seconds"),
                fitted(g, "mib"),
            )
            for g in result["growth"]
        ],
    )
    yield from [
        "Epochs after the first are timed, the fastest of two; with negative pairs there is but one. "
        "Attention compares each piece of a sentence with "
        "every other one, so that its part grows with the square of the length; the products of the layers "
        "grow with the length itself.",
        "",
    ]
    for name, title in drawn:
        yield from [f"![{title}]({name}.svg)", ""]
    if "report" in result:
        words = report_words(result["report"])
        yield from ["## Reports", "", words[0].upper() + words[1:] + ".", ""]
        steps = result["report"]["steps"].items()
        yield from markdown_table(
            ["", "seconds", "MiB"],
            [(name, f"{step['seconds']:.2f}", f"{step['mib']:.0f}") for name, step in steps],
        )


def write_report(folder, result):
    """README.md, bench.json and the charts with their specifications."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = []
    for name, title, chart in charts.all_charts(result):
        write_json(folder / f"{name}.vl.json", chart)
        drawn.append((name, title))
    subprocess.run([sys.executable, VEGA, "svg", folder], check=True)
    write_json(folder / "bench.json", result)
    draft = folder / "README.md.part"
    draft.write_text("\n".join(report_lines(result, drawn)), encoding="utf-8")
    os.replace(draft, folder / "README.md")
