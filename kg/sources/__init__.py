"""Readers: files, folders and standard input in, `Paper`s out; one module a format, chosen by content in `api`."""

from kg.sources.api import read
from kg.sources.problem import Problem
from kg.sources.sample import sample

__all__ = ["Problem", "read", "sample"]
