"""A dossier: what the dispatches tell together, for people to read: Markdown, HTML, DOCX, PDF."""

from dateline.export.dossier.content import Dossier, dossier
from dateline.export.dossier.docx import docx
from dateline.export.dossier.html import html
from dateline.export.dossier.markdown import markdown
from dateline.export.dossier.pdf import pdf

__all__ = ["Dossier", "docx", "dossier", "html", "markdown", "pdf"]
