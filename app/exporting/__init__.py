"""Exports: a flash poll with all that came of it, as CSV, XLSX and JSON."""
