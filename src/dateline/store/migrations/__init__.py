"""How the tables of a store came to be: a file for each version, run by `store/schema.py`."""
