"""How things are measured: `rounds` interleaves contenders, `commands` times whole processes, `workers` talks to
contenders that stay alive between rounds, `machine` says where and how busy it was.
"""
