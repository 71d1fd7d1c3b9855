"""From lines of notes to facts: line shapes, clauses, days, kinds, doubts, corrections, repeats. Pure throughout."""
