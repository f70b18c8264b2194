# SPDX-License-Identifier: MIT
"""Where the time of a training step goes, from samples of every thread's program counter (see
sampler.cpp)."""

import bisect
import collections
import pathlib
import re
import subprocess
import tempfile

# The first pattern that occurs in `object symbol` names what it is. Own code first: its symbols are the most
# precise.
CLASSES = [
    ("optimiser step", r"libspanlab.* .*(Fused|Optimizer|update|drift|norm_of|squares|adam)"),
    (
        "span kernels",
        r"spanlab.* .*([Mm]axima?_|\braise\b|over_columns|forward_columns|backward_columns"
        r"|MaxOverRows|levels)",
    ),
    ("encoder's kernels: norms, GELU, softmax, dropout", r"bert\.so "),
    (
        "sampling, targets, batches",
        r"(samplers|soft_labels|hard)\.so |"
        r"libspanlab.* .*(sample|candidates|make_batch|label|Generator|shuffle)",
    ),
    ("matrix products", r"\[generated\]|gemm|mkl_blas|mkl_sparse|dnnl|brgemm|sgemv|mkl_.*copy"),
    ("waiting for other threads", r"libgomp|do_spin|sched_yield|futex|pthread_(cond|mutex|barrier)|gomp_"),
    (
        "memory: allocate, set, copy",
        r"malloc|calloc|_int_free|cfree|\bfree\b|memset|memcpy|memmove|"
        r"mmap|munmap|brk|madvise|posix_memalign|alloc_cpu",
    ),
    ("the rest of Spanlab", r"spanlab"),
    ("tensor operations and autograd", r"libtorch|libc10"),
]
OTHER = "everything else"


def read_symbols(path):
    """Sorted addresses of the functions of a program or library, and their mangled names."""
    found = {}
    for options in ([], ["-D"]):  # a stripped file has dynamic symbols alone
        done = subprocess.run(["nm", *options, "--defined-only", path], capture_output=True, text=True)
        for line in done.stdout.splitlines():
            parts = line.split(" ", 2)
            if len(parts) == 3 and parts[1] in "tTwWi":
                found[int(parts[0], 16)] = parts[2]
        if found:
            break
    addresses = sorted(found)
    return addresses, [found[address] for address in addresses]


def demangle(names):
    done = subprocess.run(["c++filt"], input="\n".join(names), capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def read_samples(file):
    """(count, object, symbol) of every sampled address."""
    tables, rows = {}, []
    for line in pathlib.Path(file).read_text().splitlines():
        count, offset, path = line.split(" ", 2)
        if path not in tables:
            tables[path] = read_symbols(path) if path.startswith("/") else ([], [])
        addresses, names = tables[path]
        i = bisect.bisect_right(addresses, int(offset, 16)) - 1
        rows.append((int(count), pathlib.Path(path).name, names[i] if i >= 0 else ""))
    plain = demangle([symbol or "-" for _, _, symbol in rows])
    return [(count, name, symbol) for (count, name, _), symbol in zip(rows, plain)]


def classify(name, symbol):
    text = f"{name} {symbol}"
    return next((title for title, pattern in CLASSES if re.search(pattern, text)), OTHER)


def summarise(rows):
    """Shares of the classes, largest first, and the symbols with most samples."""
    total = sum(count for count, _, _ in rows)
    classes, symbols = collections.Counter(), collections.Counter()
    for count, name, symbol in rows:
        classes[classify(name, symbol)] += count
        symbols[(name, symbol.replace("(anonymous namespace)::", "").split("(")[0][:60])] += count
    parts = sorted(
        [*(title for title, _ in CLASSES), OTHER], key=lambda part: -classes[part]
    )  # also what took no time
    return {
        "samples": total,
        "parts": [{"part": part, "share": round(classes[part] / total, 4)} for part in parts],
        "functions": [
            {"object": name, "function": symbol, "share": round(count / total, 4)}
            for (name, symbol), count in symbols.most_common(15)
        ],
    }


def profile_training(spanlab, options):
    """The profile of a trial's process over three epochs without evaluations between them; start and final
    evaluation are the rest."""
    with tempfile.TemporaryDirectory() as folder:
        target = pathlib.Path(folder, "samples")
        options = [*options, "--seeds", "1", "--set", "train.epochs=3"]
        run = spanlab.run(
            "sweep.lua",
            options,
            jobs=1,
            environment={"LD_PRELOAD": str(spanlab.sampler), "SPANLAB_SAMPLES": str(target)},
        )
        # The launcher is sampled as well; the trial is the process that worked most.
        files = sorted(
            pathlib.Path(folder).iterdir(),
            key=lambda file: sum(int(line.split(" ", 1)[0]) for line in file.read_text().splitlines()),
        )
        trial = run.trials[0]
        return {
            **summarise(read_samples(files[-1])),
            "training": round(trial.train_seconds / (run.began + run.wall_seconds - trial.begun), 3),
        }
