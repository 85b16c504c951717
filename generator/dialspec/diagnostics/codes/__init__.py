"""The diagnostic codes, one module for each stage that reports them."""
