"""dialspec: typed clients for outbound-call vendors, generated from hand-written YAML."""
