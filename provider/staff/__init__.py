"""Who works here, how they come in, and what each may do.

Words: a *staff* member has one *role*; a role holds *rights*; a *scope* says over which offices, agencies and points.
A *session* is one sign-in from one device and lives on the server. A *second person* confirms what nobody does alone.
In: appointments by the administrator, sign-ins. Out: ``guard.requires`` on every door, ``current_actor`` for the day
book, ``current_scope`` for every query.
"""
