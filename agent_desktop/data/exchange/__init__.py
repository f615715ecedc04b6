"""Customers in and out of files: reading, mapping, comparing with what is stored, importing, undoing, writing."""
