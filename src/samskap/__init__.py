"""Samskap: from a challenge in the figures to a co-created service whose benefit is measured."""

from importlib.metadata import version

__version__ = version("samskap")
