# SPDX-License-Identifier: MIT
"""What machine this is and what it reaches: no host name, no path."""
import json
import os
import pathlib
import platform
import subprocess

FAST_BF16 = {"avx512_bf16", "amx_bf16"}  # as the program has it (core/train/hardware.cpp)


def cpu_fields():
    """The first processor's entry of /proc/cpuinfo."""
    fields = {}
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        name, colon, value = line.partition(":")
        if not colon:
            break
        fields[name.strip()] = value.strip()
    return fields


def has_fast_bf16():
    fields = cpu_fields()
    return bool(FAST_BF16 & set((fields.get("flags") or fields.get("Features") or "").split()))


def has_gpu():
    return pathlib.Path("/dev/nvidia0").exists()


def memory_gib():
    for line in pathlib.Path("/proc/meminfo").read_text().splitlines():
        if line.startswith("MemTotal"):
            return round(int(line.split()[1]) / 2**20, 1)
    return 0.0


def describe(rates, threads):
    """The machine as it goes into the JSON."""
    return {
        "processor": cpu_fields().get("model name") or platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "threads": threads,
        "memory_gib": memory_gib(),
        "libtorch": rates["libtorch"],
        "instruction_set": rates["instruction_set"],
        "bf16_instructions": has_fast_bf16(),
    }


def measure(program, command, threads, cores, **options):
    """What `spanlab_benchmarks COMMAND` says, on these cores."""
    words = [str(program), command, "--threads", str(threads)]
    for name, value in options.items():
        for one in value if isinstance(value, list) else [value]:
            words += ["--" + name, str(int(one))]
    environment = {"GOMP_SPINCOUNT": "30000", **os.environ}  # as trials have it
    done = subprocess.run(
        words,
        stdout=subprocess.PIPE,
        check=True,
        env=environment,
        preexec_fn=lambda: os.sched_setaffinity(0, cores),
    )
    return json.loads(done.stdout)


def middle(first, second):
    """The mean of two measurements of rates, value by value: the rows were taken between them."""
    if isinstance(first, dict):
        return {key: middle(value, second[key]) for key, value in first.items()}
    if isinstance(first, list):
        return [middle(a, b) for a, b in zip(first, second)]
    return (first + second) / 2 if isinstance(first, float) else first


def products(rates, kind, rows):
    """The entry for products of this number type at the nearest number of rows."""
    return min((p for p in rates["products"] if p["type"] == kind), key=lambda p: abs(p["rows"] - rows))


def rate_over(rates, kind, sizes, way, mode):
    """Products of so many rows each, one after another: the rate of them all. Several threads may leave a
    small one to one of them."""
    entries = [(rows, products(rates, kind, rows)[way]) for rows in sizes]
    return sum(sizes) / sum(rows / max(entry[mode], entry["one"]) for rows, entry in entries)


def bandwidth(rates):
    return max(pattern["all"] for pattern in rates["memory"].values())


def largest(rates, kind):
    """The highest rate of products that was seen at any size."""
    seen = [rates["square"][kind]["all"]]
    for entry in rates["products"]:
        if entry["type"] == kind:
            seen += [
                entry[way][mode]
                for way in ("forward", "backward")
                if way in entry
                for mode in ("all", "apart")
            ]
    return max(seen)
