"""Measurements, each against a named limit in the same run."""
