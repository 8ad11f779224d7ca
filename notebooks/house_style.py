"""The look that all charts of the notebooks share: Okabe & Ito's colours (2008), dashes for where colours do not show, labels beside lines, the message as
title, and a text for those who do not see the picture."""
import base64
import html
import io
import textwrap

import matplotlib.pyplot as plt
from IPython.display import HTML, display
from matplotlib.ticker import FuncFormatter

BLACK, BLUE, VERMILION, GREEN, PURPLE, ORANGE = "#000000", "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00"
COLOURS = [BLUE, VERMILION, GREEN, PURPLE, ORANGE, "#56B4E9", "#666666"]
DASHES = ["--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 3)), (0, (8, 3)), "-"]      # for the baseline: "-"

plt.rcParams.update({"font.size": 10, "axes.spines.top": False, "axes.spines.right": False, "figure.dpi": 110, "svg.hashsalt": "pathways"})


def words(name):
    """The name of a file's column or row as people read it."""
    return " ".join({"nrpf": "no recourse to public funds", "auc": "accuracy"}.get(word, word) for word in name.split("_"))


def with_commas(axis):
    """Thousands set apart, as on all pages."""
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))


def labels_at_end(ax, labels):
    """Writes lines' names beside their last points (x, y, text, colour), moved apart where they would touch."""
    low, high = ax.get_ylim()
    gap, last = 0.085 * (high - low), None
    for x, y, text, colour in sorted(labels, key=lambda label: label[1]):
        text = textwrap.fill(text, 30)
        at = y if last is None else max(y, last)
        ax.annotate("  " + text.replace("\n", "\n  "), (x, at), color=colour, va="center", fontsize=9, annotation_clip=False)
        last = at + gap * (1 + 0.7 * text.count("\n"))


def show(figure, about):
    """Puts the picture into the page; `about` is read out to those who do not see it."""
    picture = io.BytesIO()
    figure.savefig(picture, format="png", bbox_inches="tight", metadata={"Software": None})
    plt.close(figure)
    data = base64.b64encode(picture.getvalue()).decode()
    display(HTML(f'<img style="max-width: 100%" alt="{html.escape(about)}" src="data:image/png;base64,{data}">'))


def finish(ax, title, about):
    """Sets the title, which says what the chart shows, lets everything fit, and shows it. `about`: what is drawn, against what."""
    ax.set_title(textwrap.fill(title, 78), loc="left", fontsize=11, fontweight="bold")
    ax.figure.tight_layout()
    show(ax.figure, f"{title}. {about}")
