// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace spanlab::host {

// The unchanging parts of the HTML page. The policy lets nothing in from outside the file.

inline constexpr std::string_view kPageHead = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; )"
                                              R"(script-src 'unsafe-inline' 'unsafe-eval'; img-src data:">
<title>{}</title>
<style>{}</style>
</head>
<body>
<main>
)";

inline constexpr std::string_view kPageStyle = R"(
:root { --ink: #1f2328; --soft: #5b6470; --rule: #d5d9de; --accent: #3b5b7e; }
body { margin: 0; background: white; color: var(--ink); }
body { font: 16px/1.5 "Liberation Sans", Arial, Helvetica, sans-serif; }
main { max-width: 64rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem; }
h1 { font-size: 1.7rem; margin: 0 0 .4rem; }
h2 { font-size: 1.2rem; margin: 2.4rem 0 .8rem; }
h2 { padding-bottom: .25rem; border-bottom: 1px solid var(--rule); }
.question { font-size: 1.1rem; color: var(--soft); margin: 0; max-width: 48rem; }
table { border-collapse: collapse; font-size: .92rem; }
th, td { padding: .3rem .8rem .3rem 0; text-align: left; vertical-align: top; }
.results { border-top: 2px solid var(--ink); border-bottom: 2px solid var(--ink); }
.results thead th { border-bottom: 1px solid var(--ink); font-weight: 600; }
.results tbody tr + tr td { border-top: 1px solid #eceef0; }
.number, .results thead th.number { text-align: right; white-space: nowrap; }
.number, .results thead th.number { font-variant-numeric: tabular-nums; }
.best { font-weight: 700; }
.lines th { font-weight: 600; color: var(--soft); white-space: nowrap; }
.note { font-size: .85rem; color: var(--soft); max-width: 52rem; }
.wide { overflow-x: auto; }
.charts { display: flex; flex-wrap: wrap; gap: 1.5rem 2rem; margin-top: 1.2rem; }
figure { margin: 0; }
figure.vega-embed { padding: 0; }
details { margin: .6rem 0; }
summary { cursor: pointer; color: var(--accent); font-size: .92rem; }
pre { background: #f5f6f7; padding: .8rem 1rem; overflow-x: auto; font-size: .88rem; }
footer { margin-top: 3rem; font-size: .8rem; color: var(--soft); }
)";

/// Draws every chart and says in the footer how many there are on the page, counted there.
inline constexpr std::string_view kPageScript = R"(
const specs = JSON.parse(document.getElementById("specs").textContent);
const options = { actions: false, renderer: "svg" };
await Promise.all(specs.map((spec, i) => vegaEmbed("#chart-" + i, spec, options)));
const drawn = document.querySelectorAll("figure svg.marks").length;
document.getElementById("drawn").textContent = `${drawn} of ${specs.length} charts drawn`;
)";

inline constexpr std::string_view kNoBundle =
    "This page has no charts: the JavaScript of Vega-Lite was not found. 'scripts/setup' makes it; then "
    "write the report again.";

}  // namespace spanlab::host
