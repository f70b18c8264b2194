// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace spanlab::host {

// The unchanging parts of the HTML page. The policy lets nothing in from outside the file, and no text
// becomes code: Vega interprets its expressions.

inline constexpr std::string_view kPageHead = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; )"
                                              R"(script-src 'unsafe-inline'; img-src data:">
<title>{}</title>
<style>{}</style>
</head>
<body>
<main>
)";

/// The variables that chart_colours names are the charts' colours.
inline constexpr std::string_view kPageStyle = R"(
:root {
  --paper: #ffffff; --ink: #1f2328; --soft: #59626d; --rule: #d5d9de; --faint: #eceef0; --box: #f5f6f7;
  --accent: #3b5b7e; --chosen: #dde9f6; --alarm: #8c2f1b; --alarm-box: #fbeeea;
  --grid: #e8e8e8; --ticks: #8f959c;
  --c0: #3b5b7e; --c1: #c2573f; --c2: #4f8a6d; --c3: #b0892f; --c4: #7b5b91;
  --c5: #5aa0b8; --c6: #94485f; --c7: #6d7f36; --c8: #8a6f57; --c9: #555555;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #15181c; --ink: #e6e8eb; --soft: #a5adb7; --rule: #414850; --faint: #2a2f36; --box: #1f2328;
    --accent: #9cc2ea; --chosen: #263c55; --alarm: #ffb4a2; --alarm-box: #3a211c;
    --grid: #2c3138; --ticks: #7b838d;
    --c0: #8fb4de; --c1: #ee8a73; --c2: #7fc4a2; --c3: #e0bb62; --c4: #bb98d4;
    --c5: #8acbe2; --c6: #d98aa3; --c7: #b0c573; --c8: #c8ab8f; --c9: #b5b5b5;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: anywhere; }
body { font: 16px/1.5 "Liberation Sans", Arial, Helvetica, sans-serif; }
main { max-width: 64rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .4rem; }
h2 { font-size: 1.2rem; margin: 2.4rem 0 .8rem; }
h2 { padding-bottom: .25rem; border-bottom: 1px solid var(--rule); }
h3 { font-size: 1rem; margin: 1.4rem 0 .6rem; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.question { font-size: 1.1rem; color: var(--soft); margin: 0; max-width: 48rem; }
.answer { font-size: 1.05rem; margin: .4rem 0; max-width: 52rem; }
.warning { border-left: 4px solid var(--alarm); background: var(--alarm-box); color: var(--alarm); }
.warning { margin: .8rem 0; padding: .6rem .9rem; }
table { border-collapse: collapse; font-size: .92rem; overflow-wrap: normal; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { padding: .3rem .8rem .3rem 0; text-align: left; vertical-align: top; }
th[scope=row] { font-weight: 400; min-width: 7rem; max-width: 26rem; }
th, td { overflow-wrap: break-word; }
.results { border-top: 2px solid var(--ink); border-bottom: 2px solid var(--ink); }
.results thead { border-bottom: 1px solid var(--ink); }
.results thead th { font-weight: 600; vertical-align: bottom; }
.results tbody tr + tr > * { border-top: 1px solid var(--faint); }
.results .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.results .group { text-align: center; }
.results .first, .results .group { padding-left: .8rem; }
.best { font-weight: 700; }
.rows tbody tr { cursor: pointer; }
.rows tbody tr:hover > * { background: var(--box); }
.rows tbody tr.chosen > * { background: var(--chosen); }
.rows th button { font: inherit; color: inherit; text-align: left; background: none; border: 0; }
.rows th button { padding: 0; cursor: pointer; text-decoration: underline dotted var(--ticks); }
.lines { margin: 0; font-size: .92rem; }
.lines div { display: grid; grid-template-columns: minmax(9rem, 15rem) 1fr; gap: .8rem; padding: .3rem 0; }
.lines dt { font-weight: 600; color: var(--soft); }
.lines dd { margin: 0; }
.note { font-size: .85rem; color: var(--soft); max-width: 52rem; }
.wide { overflow-x: auto; position: relative; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); }
.charts { gap: 1.8rem 2rem; margin-top: 1.2rem; }
.place { min-width: 0; max-width: 34rem; }
.place label { display: block; font-size: .85rem; color: var(--soft); margin-bottom: .4rem; }
select { font: inherit; max-width: 100%; color: var(--ink); background: var(--box); }
select { border: 1px solid var(--ticks); border-radius: 4px; padding: .15rem .3rem; }
figure { margin: 0; }
figcaption { font-weight: 600; font-size: .92rem; margin-bottom: .3rem; }
figcaption small { display: block; font-weight: 400; color: var(--soft); }
.chart { width: 100%; }
.chart svg { display: block; max-width: 100%; height: auto; }
#vg-tooltip-element { position: fixed; visibility: hidden; z-index: 9; max-width: 20rem; }
#vg-tooltip-element { background: var(--paper); color: var(--ink); border: 1px solid var(--rule); }
#vg-tooltip-element { padding: .4rem .6rem; font-size: .8rem; border-radius: 4px; pointer-events: none; }
#vg-tooltip-element.visible { visibility: visible; }
#vg-tooltip-element td { padding: 0 .5rem 0 0; }
#vg-tooltip-element td.key { color: var(--soft); }
details { margin: .6rem 0; }
summary { cursor: pointer; color: var(--accent); font-size: .92rem; }
pre { background: var(--box); padding: .8rem 1rem; overflow-x: auto; font-size: .88rem; }
footer { margin-top: 3rem; font-size: .8rem; color: var(--soft); }
@media (max-width: 40rem) {
  main { padding: 1.2rem .9rem 3rem; }
  table { font-size: .82rem; }
  th, td { padding-right: .5rem; }
  .results .first, .results .group { padding-left: .4rem; }
  .lines div { grid-template-columns: 1fr; gap: 0; }
  .wide th[scope=row] { position: sticky; left: 0; background: var(--paper); max-width: 9.5rem; }
}
@media print {
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  .wide { overflow: visible; }
  .results { font-size: 8pt; }
  .place label, footer { display: none; }
  figure, tr, .lines div, .warning { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  pre { white-space: pre-wrap; }
  .rows th button { text-decoration: none; }
}
)";

/// Draws every chart, counts in the footer how many there are on the page, and links tables and charts: the
/// row that is chosen, in a table or at a point of a chart, stands out in all of them.
inline constexpr std::string_view kPageScript = R"(
const all = (selector) => [...document.querySelectorAll(selector)];
const specs = JSON.parse(document.getElementById("specs").textContent);
const tooltip = { disableDefaultStyle: true };
const options = { actions: false, renderer: "svg", ast: true, tooltip };
const views = [];
let chosen = null;

function choose(row) {
  chosen = chosen === row ? null : row;
  for (const line of all("tr[data-row]")) {
    const pressed = chosen !== null && Number(line.dataset.row) === chosen;
    line.classList.toggle("chosen", pressed);
    line.querySelector("button").setAttribute("aria-pressed", pressed);
  }
  return Promise.all(views.map((view) => view.signal("chosen", chosen).runAsync()));
}

for (const line of all("tr[data-row]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.title = "stands out in all charts and tables";
  button.setAttribute("aria-pressed", false);
  const head = line.querySelector("th");
  button.append(...head.childNodes);
  head.append(button);
  line.addEventListener("click", () => {
    if (document.getSelection().isCollapsed) choose(Number(line.dataset.row));
  });
}
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && chosen !== null) choose(chosen);
});

// Legends and labels keep to the width that there is.
function fitted(spec, width) {
  const config = spec.config;
  config.legend.labelLimit = config.legend.titleLimit = width - 40;
  config.axis.labelLimit = Math.min(config.axis.labelLimit, 0.4 * width);
  for (const { encoding } of spec.layer) {
    if (encoding?.color?.legend) encoding.color.legend.columns = 1;
  }
  return spec;
}

async function draw(spec, i) {
  const place = document.getElementById("chart-" + i);
  const { view } = await vegaEmbed(place, fitted(spec, place.clientWidth), options);
  view.addEventListener("click", (event, item) => {
    if (item?.datum?.row !== undefined) choose(item.datum.row);
  });
  views.push(view);
}
await Promise.all(specs.map(draw));

for (const place of all(".place")) {
  const choice = place.querySelector("select");
  if (!choice) continue;
  const show = () => {
    for (const figure of place.querySelectorAll("figure")) figure.hidden = figure.id !== choice.value;
    window.dispatchEvent(new Event("resize"));  // a chart that was hidden learns its width
  };
  choice.addEventListener("change", show);
  show();
}
const drawn = all(".chart svg.marks").length;
if (specs.length) document.getElementById("drawn").textContent = `${drawn} of ${specs.length} charts drawn`;
)";

inline constexpr std::string_view kHowToRead =
    "Pointing at a mark shows its trial and values. A row of a table or a point that is clicked stands out "
    "everywhere; Escape ends that.";

inline constexpr std::string_view kNoScript = "The charts need JavaScript, which is switched off here.";

inline constexpr std::string_view kNoBundle =
    "This page has no charts: the JavaScript of Vega-Lite was not found. 'scripts/setup' makes it; then "
    "write the report again.";

}  // namespace spanlab::host
