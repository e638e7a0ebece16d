"""The command line: ``luoshi <verb>``, one file a verb."""

from luoshi.cli.start import main

__all__ = ["main"]
