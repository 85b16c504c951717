"""`python -m dialspec`: the same as the command `dialspec`."""

from dialspec.cli import main

main()
