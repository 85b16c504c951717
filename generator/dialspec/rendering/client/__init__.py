"""The client packages: one per provider, rendered from the resolved `Api`.

Each module here makes the view of one kind of generated module: everything decided, ordered and rendered, so that
the templates of `templates/client/` only loop and print.
"""
