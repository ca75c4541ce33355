"""Measuring: a dossier against what a careful reader found on the same page."""
