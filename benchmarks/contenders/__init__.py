"""Whoever is measured: ours, peers and floors, each a function that prepares one of them.

`__main__` runs one contender in a process. A contender is prepared once, proves that it gets the right rows, and is
then measured in each round. Nothing is shared between contenders but the loops that time them. What is not installed
where types are checked is loaded by name, and is `Any` inside the function that uses it.
"""
