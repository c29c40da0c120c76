"""One file a measure; each has run(name, folder, options) and prints its rows."""
