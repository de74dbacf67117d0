"""The pages of imports, one module for each."""
