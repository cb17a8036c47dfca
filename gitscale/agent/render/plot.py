"""The distribution of a day's net as a PNG, by matplotlib, which is an extra."""

from io import BytesIO

from gitscale.errors import Unavailable
from gitscale.estimate.summary import Summary


def png(summary: Summary, exposure: float, title: str) -> bytes:
    """A histogram in % of equity with its quantiles.

    Raises:
        Unavailable: matplotlib is not installed.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise Unavailable("--plot needs matplotlib", "pip install 'gitscale[plot]'") from None
    low, high = (edge * exposure for edge in summary.edges)
    width = (high - low) / len(summary.counts)
    figure = Figure(figsize=(8, 4.5), layout="constrained")
    axes = figure.subplots()
    left = [low + width * number for number in range(len(summary.counts))]
    axes.bar(left, summary.counts, width=width, align="edge", color="#8aa4c8")
    for name, value in summary.day._asdict().items():
        axes.axvline(value * exposure, color="#333333", linewidth=1)
        axes.annotate(f" {name} {value * exposure:+.2f}%", (value * exposure, max(summary.counts)), fontsize=8)
    axes.axvline(0, color="#b00020", linestyle="--", linewidth=1)
    # a dollar sign would begin a formula
    axes.set_title(title.replace("$", r"\$"))
    axes.set_xlabel("net of one day, % of equity")
    axes.set_ylabel(f"days of {summary.days:,}")
    image = BytesIO()
    figure.savefig(image, format="png", dpi=120)
    return image.getvalue()
