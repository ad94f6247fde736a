"""The commands of `chancery`, one a module: a function `command` whose docstring is its help, with an example."""
