"""graph.html: the claims as one page that needs no network."""

from kg.explore.page import write_page

__all__ = ["write_page"]
