"""gitscale: GitOps for perpetual-futures market-maker bots."""

__version__ = "0.1.0"
