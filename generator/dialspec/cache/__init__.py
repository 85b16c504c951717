"""What earlier runs found out, kept below the user's cache folder so that nothing is done twice.

`store` keeps entries, each under a seal that only this user's runs can make (`seal`), so that a damaged, planted or
foreign entry is as good as none. `formatted` remembers modules in black's shape, `runs` what a whole run gave, and
`fingerprint` sums up all that a result depends on. None of it is ever needed: without a cache, or with a hostile one,
the same bytes come out, later.
"""
