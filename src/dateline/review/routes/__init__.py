"""The addresses of the desk's API."""
