"""The pages of applications, one module for each."""
