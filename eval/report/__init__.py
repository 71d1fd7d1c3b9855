"""The report of one run, or of two compared: one HTML file with plots, and the same figures as CSV and JSON."""

from eval.report.page import report_page
from eval.report.tables import as_csv, figures

__all__ = ["as_csv", "figures", "report_page"]
