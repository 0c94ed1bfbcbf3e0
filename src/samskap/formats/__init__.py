"""Open-data files in and out, shared by import, export, API and CLI. No Django."""
