# SPDX-License-Identifier: MIT
"""Vega-Lite charts of the benchmark, in the colours of Spanlab's reports."""

INK, SECOND = "#3b5b7e", "#c2573f"
LOOK = {
    "font": "Liberation Sans, Arial, Helvetica, sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelColor": "#333",
        "titleColor": "#333",
        "gridColor": "#e8e8e8",
        "domainColor": "#999",
        "tickColor": "#999",
        "titlePadding": 8,
        "labelLimit": 320,
    },
    "title": {
        "fontSize": 14,
        "subtitleFontSize": 11.5,
        "anchor": "start",
        "frame": "group",
        "color": "#222",
        "subtitleColor": "#666",
    },
}


def frame(title, subtitle, **parts):
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "title": {"text": title, "subtitle": subtitle},
        "background": "white",
        "padding": 8,
        "config": LOOK,
        **parts,
    }


def growth_panel(points, field, x_title, y_title, colour):
    log = lambda name, title: {
        "field": name,
        "type": "quantitative",
        "title": title,
        "scale": {"type": "log", "nice": False, "padding": 10},
        "axis": {"tickCount": 5, "format": "~g"},
    }
    encoding = {"x": log("x", x_title), "y": log(field, y_title)}
    return {
        "data": {"values": points},
        "width": 260,
        "height": 200,
        "layer": [
            {"mark": {"type": "line", "color": colour}, "encoding": encoding},
            {"mark": {"type": "point", "filled": True, "size": 45, "color": colour}, "encoding": encoding},
        ],
    }


def growth_chart(series):
    exponents = (
        f"exponents: time {series['exponent_seconds'] or 0:.2f}, "
        f"memory {series['exponent_mib'] or 0:.2f} (1: linear)"
    )
    return frame("Growth with " + series["name"], exponents, hconcat=[
        growth_panel(series["points"], "seconds", series["x_title"], series["time_title"], INK),
        growth_panel(series["points"], "mib", series["x_title"], "peak resident memory, MiB", SECOND)])


def bars(title, subtitle, values, field, axis):
    order = [value["name"] for value in values]
    encoding = {
        "y": {"field": "name", "type": "nominal", "sort": order, "title": None},
        "x": {"field": field, "type": "quantitative", "title": axis},
    }
    text = {
        "mark": {"type": "text", "align": "left", "dx": 4, "fontSize": 11, "color": "#333"},
        "encoding": {
            **encoding,
            "text": {
                "field": field,
                "type": "quantitative",
                "format": ".2~f" if field == "ratio" else ".1~%",
            },
        },
    }
    if field == "share":
        encoding["x"]["axis"] = {"format": "%"}
    return frame(title, subtitle, data={"values": values}, width=420, height={"step": 22},
                 layer=[{"mark": {"type": "bar", "color": INK}, "encoding": encoding}, text])


def all_charts(result):
    """(file name, title, specification) of every chart that there are figures for."""
    compared = [{"name": row["name"], "ratio": row["ratio"]} for row in result["rows"] if row["ratio"]]
    if compared:
        yield "ratios", "Spanlab against the reference", bars(
            "Spanlab against the reference",
            "how many times better, medians of one sitting",
            compared,
            "ratio",
            "factor",
        )
    if "profile" in result:
        parts = [{"name": part["part"], "share": part["share"]} for part in result["profile"]["parts"]]
        yield "profile", "Where a step's time goes", bars(
            "Where a step's time goes", "share of all threads' processor time", parts, "share", "share"
        )
    for series in result.get("growth", []):
        name = "growth-" + series["name"].replace(",", "").replace(" ", "-")
        yield name, "Growth with " + series["name"], growth_chart(series)
