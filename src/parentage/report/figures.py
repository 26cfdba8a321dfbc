"""The report's figures as SVG text: the same input gives the same bytes, and colours follow the page's theme."""

import io
import re
from collections.abc import Sequence
from typing import Any

from parentage.report import view
from parentage.report.records import Row, TensorRow

_SALT = "parentage"
# Drawn in these colours, then replaced by CSS variables, so that one figure serves light, dark and paper.
_INK, _FAINT, _ACCENT, _SECOND = "#123456", "#654321", "#234567", "#345678"
_VARIABLES = {_INK: "--ink", _FAINT: "--faint", _ACCENT: "--accent", _SECOND: "--second"}
_MOST_LAYERS = 160


def _style() -> Any:
    return {
        "svg.hashsalt": _SALT,
        "svg.fonttype": "none",
        "font.family": "sans-serif",
        "font.size": 9,
        "text.color": _INK,
        "axes.labelcolor": _INK,
        "axes.edgecolor": _FAINT,
        "xtick.color": _INK,
        "ytick.color": _INK,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "legend.frameon": False,
        # A dollar sign in a tensor's name is a dollar sign, not mathematics.
        "text.parse_math": False,
    }


def _figure(width: float, height: float) -> tuple[Any, Any]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, figure.subplots()


def _svg(figure: Any, title: str) -> str:
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    text = buffer.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(
        r'(<svg[^>]*?) width="[^"]*"', r"\1", re.sub(r'(<svg[^>]*?) height="[^"]*"', r"\1", text, count=1), count=1
    )
    for colour, variable in _VARIABLES.items():
        text = text.replace(colour, f"var({variable})")
    # Styles inside attributes stay; the metadata block names a vocabulary on the network and is not needed.
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    return text.replace("<svg ", f'<svg role="img" aria-label="{title}" ', 1)


def depth_figure(rows: Sequence[Row], names: dict[str, str]) -> str:
    """Return the depth curve: share of elements that allow each weight, for each stabbed parent."""
    import matplotlib

    with matplotlib.rc_context(_style()):
        figure, axes = _figure(7, 2.8)
        parents = list(dict.fromkeys(str(row.get("parent")) for row in rows))
        for place, parent in enumerate(parents):
            points = [
                (row["weight"], row["depth"])
                for row in rows
                if row.get("parent") == parent and isinstance(row.get("weight"), float)
            ]
            colour = (_ACCENT, _SECOND)[place % 2]
            label = view.shorten(view.clean(names.get(parent, parent)), 30)
            axes.plot([p[0] for p in points], [p[1] for p in points], color=colour, linewidth=1.3, label=label)
        axes.set_xlabel("weight of the parent")
        axes.set_ylabel("share of elements that allow it")
        axes.set_ylim(0, 1.03)
        axes.set_xlim(-0.25, 1.25)
        axes.legend(loc="upper right")
        return _svg(figure, "Depth curve of the weight")


def census_figure(rows: Sequence[Row], names: dict[str, str]) -> str:
    """Return the ulp census: share of elements by distance octave, a line for each pair."""
    import matplotlib

    with matplotlib.rc_context(_style()):
        figure, axes = _figure(7, 2.8)
        pairs = list(dict.fromkeys((str(row.get("a")), str(row.get("b"))) for row in rows))[:12]
        largest = 0
        for place, pair in enumerate(pairs):
            chosen = [row for row in rows if (str(row.get("a")), str(row.get("b"))) == pair]
            octaves = [octave for row in chosen if isinstance(octave := row.get("octave"), int)]
            shares = [share for row in chosen if isinstance(share := row.get("share"), float)]
            largest = max([largest, *octaves])
            label = " and ".join(view.shorten(view.clean(names.get(name, name)), 20) for name in pair)
            marker = "osD^vP*X<>hd"[place]
            colour = (_ACCENT, _SECOND, _INK)[place % 3]
            axes.plot(octaves, shares, marker=marker, markersize=4, linewidth=1, color=colour, label=label)
        axes.set_xticks(range(largest + 1))
        axes.set_xticklabels(
            ["0", *[str(1 << (octave - 1)) for octave in range(1, largest + 1)]], rotation=60 if largest > 12 else 0
        )
        axes.set_xlabel("distance in units in the last place, this and up to twice it")
        axes.set_ylabel("share of elements")
        axes.set_ylim(bottom=0)
        axes.legend()
        return _svg(figure, "Census of distances in units in the last place")


def map_figure(tensors: Sequence[TensorRow], quantity: str) -> str:
    """Return the layer by kind map of `weight` or of `replayed`, the reproduced share of mid elements."""
    import matplotlib

    cells: dict[tuple[str, int], list[float]] = {}
    for row in tensors:
        value = _cell(row, quantity)
        if value is not None:
            cells.setdefault((row.kind, -1 if row.layer is None else row.layer), []).append(value)
    kinds = list(dict.fromkeys(row.kind for row in tensors if any(key[0] == row.kind for key in cells)))[:40]
    layers = sorted({key[1] for key in cells})[:_MOST_LAYERS]
    if not kinds or not layers:
        return ""
    with matplotlib.rc_context(_style()):
        figure, axes = _figure(7, 0.9 + 0.22 * len(kinds))
        grid = [[_mean(cells.get((kind, layer), [])) for layer in layers] for kind in kinds]
        # Replayed share is black or white in meaning; a weight is read off the scale between the candidates.
        image = axes.imshow(
            grid,
            aspect="auto",
            vmin=0,
            vmax=1,
            cmap="viridis" if quantity == "weight" else "cividis",
            interpolation="none",
        )
        axes.set_yticks(range(len(kinds)))
        axes.set_yticklabels([view.shorten(view.clean(kind), 30) for kind in kinds])
        step = max(1, len(layers) // 12)
        axes.set_xticks(range(0, len(layers), step))
        axes.set_xticklabels(["–" if layer < 0 else str(layer) for layer in layers][::step])
        axes.set_xlabel("layer (– for tensors outside the layers)")
        bar = figure.colorbar(image, ax=axes, fraction=0.04)
        bar.outline.set_visible(False)
        title = (
            "Weight of the first parent, each tensor by itself"
            if quantity == "weight"
            else "Share of mid elements reproduced"
        )
        axes.set_title(title, fontsize=9, loc="left")
        return _svg(figure, title)


def _cell(row: TensorRow, quantity: str) -> float | None:
    if quantity == "weight":
        return row.weight
    return row.mid_replayed / row.mid_elements if row.mid_elements else None


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else float("nan")


def residual_figure(rows: Sequence[Row]) -> str:
    """Return residual over rounding floor by ulp class, on a logarithmic scale; one is the floor."""
    import matplotlib

    usable = [row for row in rows if isinstance(row.get("ratio"), float) and (row["ratio"] or 0) > 0]  # type: ignore[operator]
    if not usable:
        return ""
    with matplotlib.rc_context(_style()):
        figure, axes = _figure(7, 1.7)
        labels = [f"{row.get('ulp_class')} ulps" for row in usable]
        values = [float(row["ratio"]) for row in usable if isinstance(row["ratio"], float)]
        axes.axvline(1, color=_INK, linewidth=1)
        axes.axvspan(150, 180, color=_FAINT, alpha=0.25, linewidth=0)
        axes.plot(values, range(len(values)), "o", color=_ACCENT, markersize=7)
        axes.set_xscale("log")
        ticks = [10.0**power for power in range(-1, 9) if 10.0**power < max([1000, *values]) * 1.5]
        axes.set_xticks(ticks, labels=[f"{tick:g}" for tick in ticks])
        axes.minorticks_off()
        axes.set_xlim(min([0.3, *values]) / 2, max([1000, *values]) * 1.5)
        axes.set_ylim(-0.6, len(values) - 0.4)
        axes.set_yticks(range(len(values)))
        axes.set_yticklabels(labels)
        axes.set_xlabel("residual over rounding floor (line: 1; band: an earlier checkpoint of a parent's run)")
        return _svg(figure, "Residual against the rounding floor")
