"""Formats for FORMAT_MODULE_PATH: one way to write a day in each language."""
