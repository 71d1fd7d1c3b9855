"""Planted defects: good drafts damaged on purpose, to prove that each measure sees what it should and nothing else."""
