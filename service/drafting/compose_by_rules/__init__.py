"""The rule composer: facts in, official Chinese with line ids out; it restates and never adds."""
