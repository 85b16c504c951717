"""One API for all contenders: described once, as data.

`description` has the words for it, `mix` the five endpoints that are measured. `replicas` repeats them under distinct
names, `specs` writes them in our spec language, `openapi` as an OpenAPI document, and `answers` makes what a vendor
would answer.
"""
