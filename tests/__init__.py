"""Tests of the whole house, and the world that all tests share."""
