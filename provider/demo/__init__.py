"""Demo: plausible people and a plausible month, invented, the same for the same seed."""
