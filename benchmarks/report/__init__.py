"""From results to the page of the documentation and its plots; the same results give the same bytes."""
