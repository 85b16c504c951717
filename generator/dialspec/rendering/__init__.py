"""From the resolved API to the text of every generated file."""
