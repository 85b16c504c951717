"""The spec language: its models, and the loader that reads them from YAML."""
