"""The whole: settings, root addresses, the WSGI door, and the tables that join the modules."""
