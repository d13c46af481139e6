"""What sets the house up, starts it and proves it: small scripts, called by the Makefile."""
