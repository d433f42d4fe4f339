"""Steps that mark up dispatches: each reads layers and writes one."""
