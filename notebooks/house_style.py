"""The look that all charts of the notebooks share: Okabe & Ito's colours (2008), labels beside lines, the message as title."""
import textwrap

import matplotlib.pyplot as plt

BLACK, BLUE, VERMILION, GREEN, PURPLE, ORANGE = "#000000", "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00"
COLOURS = [BLUE, VERMILION, GREEN, PURPLE, ORANGE, "#56B4E9", "#666666"]

plt.rcParams.update({"font.size": 10, "axes.spines.top": False, "axes.spines.right": False, "figure.dpi": 110, "svg.hashsalt": "pathways"})


def labels_at_end(ax, labels):
    """Writes lines' names beside their last points (x, y, text, colour), moved apart where they would touch."""
    low, high = ax.get_ylim()
    gap, last = 0.085 * (high - low), None
    for x, y, text, colour in sorted(labels, key=lambda label: label[1]):
        text = textwrap.fill(text, 30)
        at = y if last is None else max(y, last)
        ax.annotate(" " + text.replace("\n", "\n "), (x, at), color=colour, va="center", fontsize=9, annotation_clip=False)
        last = at + gap * (1 + 0.7 * text.count("\n"))


def finish(ax, title):
    """Sets the title, which says what the chart shows, and lets everything fit."""
    ax.set_title(textwrap.fill(title, 78), loc="left", fontsize=11, fontweight="bold")
    ax.figure.tight_layout()
