"""The commands that file pages in a record and ask it; thin, like `attache.cli`, which gathers them."""
