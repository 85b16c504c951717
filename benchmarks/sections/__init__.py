"""What is measured: one module for each section, with a function `measure` from a `Plan` to groups.

The docstring of a module is also what the page of the documentation says of the section.
"""
