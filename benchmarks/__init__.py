"""Measurements side by side with peers: run by `make bench`, never part of the tests.

`api` describes one API, once, for all contenders. `measuring` times them, interleaved. `sections` says what is
measured, `contenders` holds whoever is measured, `servers` whoever answers them. `report` turns `results/latest.json`
into the page of the documentation; where a goal does not hold, it shows `reasons/GOAL.md`. Nothing in here imports
dialspec: contenders run in processes and environments of their own.
"""
