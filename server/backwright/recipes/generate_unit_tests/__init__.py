"""Tests of one function or class by itself, written from running it on paper."""
