"""The command line: thin commands over the public verbs, and the only place that prints."""

from dateline.cli.app import app, main

__all__ = ["app", "main"]
