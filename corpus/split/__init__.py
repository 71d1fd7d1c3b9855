"""From clean lines to reports, and from a report to its headed sections."""
