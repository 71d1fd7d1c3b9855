"""执笔 Zhibi: drafts reports from notes; read `service/drafting/draft_report.py` first."""
