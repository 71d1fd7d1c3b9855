"""Words of the trade as plain values. No I/O, no ids of any store, nothing of any vendor."""
