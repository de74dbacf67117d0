"""Campaigns over the told world: races, twins, pooled connections, forged actors, canaries."""
