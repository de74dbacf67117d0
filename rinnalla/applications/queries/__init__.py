"""Reads made for the pages of applications; dataclasses out."""
