"""Recipes for what the corruption generator and the detector of spun pages are made from."""
