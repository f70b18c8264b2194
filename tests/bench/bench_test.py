# SPDX-License-Identifier: MIT
"""scripts/bench: its statistics, its model of the limit, and a tiny real run."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "benchmarks")]
import counted  # noqa: E402
import figures  # noqa: E402
import growth  # noqa: E402
import limit as model  # noqa: E402
import machine  # noqa: E402
import page  # noqa: E402
import reports  # noqa: E402
import rows as table  # noqa: E402
import step_profile  # noqa: E402
from trials import Spanlab  # noqa: E402

BUILD = pathlib.Path(os.environ.get("SPANLAB_BUILD", ROOT / "build"))


class Figures(unittest.TestCase):
    def test_spread_is_half_the_range_over_the_median(self):
        self.assertAlmostEqual(figures.spread([9, 10, 12]), 0.15)
        self.assertEqual(figures.spread([7]), 0)

    def test_ratio_is_the_factor_by_which_ours_is_better(self):
        self.assertEqual(figures.ratio(45, 15, "more"), 3)
        self.assertEqual(figures.ratio(0.5, 6, "less"), 12)

    def test_exponent(self):
        self.assertAlmostEqual(figures.exponent([1, 10, 100], [3, 30, 300]), 1)
        self.assertAlmostEqual(figures.exponent([2, 4, 8], [4, 16, 64]), 2)
        self.assertAlmostEqual(figures.exponent([1, 10], [5, 5]), 0)
        self.assertAlmostEqual(figures.steepest([1, 10, 100], [1, 1, 100]), 2)

    def test_digits_that_count(self):
        self.assertEqual(figures.rounded(123456), 123500)
        self.assertIsNone(figures.rounded(None))


class Limit(unittest.TestCase):
    small = model.Encoder(width=2, inner=4, layers=1)
    heads = model.Heads(width=2, entity_types=3, relation_types=1, width_embedding=1)
    sentence = model.Sentence(pieces=6, words=4, entities=2, relations=1)

    def test_products_of_a_small_encoder(self):
        self.assertEqual(self.small.layer_flops(3), 2 * 3 * (4 * 4 + 2 * 8))
        self.assertEqual(self.small.attention_flops([1, 2]), 2 * (2 * 2) * (1 + 4))
        self.assertEqual(self.small.forward_flops([1, 2]), 192 + 40)

    def test_minilm(self):
        minilm = model.Encoder(384, 1536, 6)
        self.assertEqual(minilm.layer_flops(1), 21_233_664)
        # 22,713,216 values of the checkpoint, less tables (30,522 + 512 + 2 rows), their norm and the pooler
        self.assertEqual(minilm.trained_values(), 22_713_216 - 31_036 * 384 - 2 * 384 - (384 * 384 + 384))

    def test_candidates(self):
        self.assertEqual(self.sentence.all_spans(), 4 + 3 + 2 + 1)
        self.assertEqual(self.sentence.all_spans(widest=2), 7)
        self.assertEqual(self.sentence.sampled_spans(), 2 + 8)
        self.assertEqual(self.sentence.sampled_spans(negatives=3), 5)
        self.assertEqual(self.sentence.sampled_pairs(), 1 + 1)

    def test_heads(self):
        self.assertEqual(
            self.heads.training_flops(self.sentence), 2 * (10 * (2 * 2 + 1) * 4 + 2 * (3 * 2 + 2) * 1)
        )
        self.assertEqual(self.heads.evaluation_flops(self.sentence), 2 * 10 * 2 * 4)

    def test_training_drops_the_incomplete_batch_and_adds_traffic(self):
        rates = model.Rates(forward=1.0, backward=2.0, memory=4.0)
        forward = 2 * (self.small.forward_flops([6]) + 432)
        self.assertEqual(self.small.trained_values(), 4 * (4 + 2) + (8 + 4) + (8 + 2) + 8)
        traffic = 32 * 54 + 24 * 5 * 2
        seconds = model.training_seconds(self.small, self.heads, [self.sentence] * 3, 2, 5, rates)
        self.assertAlmostEqual(seconds, forward + 2 * forward / 2 + traffic / 4)

    def test_evaluation(self):
        seconds = model.evaluation_seconds(
            self.small, self.heads, [self.sentence] * 3, model.Rates(2.0, 1.0, 1.0)
        )
        self.assertAlmostEqual(seconds, 3 * (self.small.forward_flops([6]) + 160) / 2)

    def test_rates_of_the_nearest_size(self):
        rates = {
            "products": [
                {"type": kind, "rows": rows} for kind in ("float32", "bf16") for rows in (35, 70, 1024)
            ]
        }
        self.assertEqual(machine.products(rates, "bf16", 80), {"type": "bf16", "rows": 70})

    def test_products_of_several_sizes_one_after_another(self):
        rates = {
            "products": [
                {"type": "float32", "rows": rows, "forward": {"one": 5.0, "all": rate}}
                for rows, rate in ((10, 4.0), (30, 10.0))
            ]
        }
        self.assertEqual(
            machine.rate_over(rates, "float32", [10, 30], "forward", "all"), 40 / (10 / 5 + 30 / 10)
        )

    def test_the_mean_of_two_measurements(self):
        self.assertEqual(
            machine.middle({"a": [1.0, {"b": 5.0}], "n": 3}, {"a": [2.0, {"b": 4.0}], "n": 3}),
            {"a": [1.5, {"b": 4.5}], "n": 3},
        )


class Rows(unittest.TestCase):
    def test_a_row(self):
        row = table.make_row("memory", "MiB", "less", [400, 500, 450], [1000, 900, 950])
        self.assertEqual((row["ours"], row["reference"], row["ratio"]), (450, 950, 2.11))
        self.assertEqual(row["runs"][1], {"ours": 500, "reference": 900})
        self.assertIsNone(row["limit_fraction"])

    def test_the_fraction_of_the_limit(self):
        row = table.make_row(
            "train_f32", "sentences/s", "more", [10, 20, 40], (), [3.0, 2.0], [4.0, 5.0, 6.0]
        )
        self.assertEqual((row["limit_fraction"], row["peak_fraction"], row["ratio"]), (0.6, 0.4, None))

    def test_the_reference_counts_as_it_is_faster(self):
        bench = table.Bench(None, "reference", None, {}, None)
        bench.theirs["trial"], bench.theirs["apart"] = [{"wall_seconds": 36}], [
            [{"wall_seconds": 60}, {"wall_seconds": 60}]
        ]
        self.assertEqual(bench.reference_sweeps("trial", "apart")[0], [120])
        bench.theirs["trial"] = [{"wall_seconds": 30}]
        self.assertEqual(bench.reference_sweeps("trial", "apart")[0], [120])
        bench.theirs["trial"] = [{"wall_seconds": 20}]
        self.assertEqual(bench.reference_sweeps("trial", "apart")[0], [180])


class Profile(unittest.TestCase):
    def test_what_a_function_is(self):
        for name, symbol, part in (
            ("[generated]", "", "matrix products"),
            ("libtorch_cpu.so", "mkl_blas_avx512_sgemm_kernel_0", "matrix products"),
            ("libgomp.so.1", "gomp_barrier_wait_end", "waiting for other threads"),
            ("libc.so.6", "__memset_avx512_unaligned_erms", "memory: allocate, set, copy"),
            (
                "bert.so",
                "spanlab::bert::gelu(float*, float const*, float*, spanlab::bert::Block)",
                "encoder's kernels: norms, GELU, softmax, dropout",
            ),
            ("libspanlab.so.0", "spanlab::drift(float*, long)", "optimiser step"),
            ("samplers.so", "spanlab::draw(long, long, spanlab::Generator&)", "sampling, targets, batches"),
            ("libtorch_cpu.so", "at::native::add_kernel", "tensor operations and autograd"),
            ("ld-linux-x86-64.so.2", "do_lookup_x", "everything else"),
        ):
            self.assertEqual(step_profile.classify(name, symbol), part, symbol)

    def test_shares(self):
        summary = step_profile.summarise([(3, "[generated]", ""), (1, "libc.so.6", "memset")])
        self.assertEqual(
            summary["parts"][:2],
            [
                {"part": "matrix products", "share": 0.75},
                {"part": "memory: allocate, set, copy", "share": 0.25},
            ],
        )
        self.assertIn({"part": "sampling, targets, batches", "share": 0.0}, summary["parts"])


@unittest.skipUnless((BUILD / "bin/spanlab_benchmarks").exists(), "the benchmarks are not built")
class RealRun(unittest.TestCase):
    """A few sentences through the real programs, without the reference."""

    def run_bench(self, *arguments):
        return subprocess.run(
            [sys.executable, ROOT / "benchmarks", *arguments], capture_output=True, text=True
        )

    def test_shape_of_the_json(self):
        chosen = ["train_f32", "evaluate_f32", "start_up", "memory", "train_bf16", "gpu_train"]
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder, "bench.json")
            done = self.run_bench("--limit", "8", "--repeat", "1", "--rows", *chosen, "--json", file)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(os.listdir(folder), ["bench.json"])
            result = json.loads(file.read_text())
        self.assertEqual([], [line for line in done.stdout.splitlines() if len(line) > 80])
        self.assertGreater(result["machine"]["cores"], 0)
        self.assertRegex(result["machine"]["libtorch"], r"^\d+\.\d+")
        rows = {row["name"]: row for row in result["rows"]}
        self.assertEqual(set(rows), set(chosen))
        for row in rows.values():
            self.assertTrue(
                {"name", "ours", "reference", "ratio", "limit_fraction", "unit", "runs"} <= set(row), row
            )
            if row["ours"] is None:
                self.assertGreater(len(row["reason"]), 10, row)
            else:
                self.assertEqual(len(row["runs"]), 1)
                self.assertGreater(row["ours"], 0)
        for name in ("train_f32", "evaluate_f32"):
            self.assertTrue(0 < rows[name]["limit_fraction"] < 1.5, rows[name])
        self.assertIsNone(rows["memory"]["limit_fraction"])
        self.assertEqual(machine.has_fast_bf16(), result["machine"]["bf16_instructions"])
        self.assertGreater(result["profile"]["samples"], 10)
        self.assertAlmostEqual(sum(part["share"] for part in result["profile"]["parts"]), 1, 2)

    def test_growth_from_real_runs(self):
        spanlab = Spanlab(BUILD, os.sched_getaffinity(0))
        series = growth.by_length(spanlab, lengths=(10, 40), pieces=80)[0]
        self.assertEqual([point["x"] for point in series["points"]], [10, 40])
        self.assertTrue(all(point["seconds"] > 0 and point["mib"] > 50 for point in series["points"]))

    def test_reports_from_real_runs(self):
        spanlab = Spanlab(BUILD, os.sched_getaffinity(0))
        text = (ROOT / "benchmarks/studies/report.lua").read_text()
        with tempfile.TemporaryDirectory() as folder:
            study = pathlib.Path(folder, "report.lua")
            study.write_text(text.replace("1, 67", "1, 2").replace("{ 1, 2, 3 }", "{ 1, 2 }"))
            result = reports.measure(spanlab, lambda text: None, documents=6, study=study)
        self.assertEqual((result["trials"], result["documents"]), (4, 6))
        self.assertEqual(len(result["steps"]), 3)
        self.assertTrue(all(step["seconds"] > 0 and step["mib"] > 10 for step in result["steps"].values()))
        self.assertGreater(result["page_mib"], 0.01)
        self.assertIn("report of 4 trials", page.report_words(result))

    def test_wrong_options(self):
        for arguments, says in (
            (["--limit", "1"], "--limit"),
            (["--rows", "speed"], "speed"),
            (["--baseline", "nowhere"], "nowhere"),
            (["--threads", "100000"], "cores"),
        ):
            done = self.run_bench(*arguments)
            self.assertEqual(done.returncode, 2, arguments)
            self.assertIn(says, done.stderr)

    def test_help_fits(self):
        done = subprocess.run(
            [sys.executable, ROOT / "benchmarks", "--help"],
            capture_output=True,
            text=True,
            env={**os.environ, "COLUMNS": "80"},
        )
        self.assertEqual([], [line for line in done.stdout.splitlines() if len(line) > 80])
        self.assertIn("scripts/bench --baseline", done.stdout)


if __name__ == "__main__":
    counted.main()
