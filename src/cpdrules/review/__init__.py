"""Review: who is chosen, how the returns are judged, and what the outcomes say of everyone."""
