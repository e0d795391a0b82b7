"""Runs through functions of a project on paper."""
