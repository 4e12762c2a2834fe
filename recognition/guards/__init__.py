"""Guard clauses of the application: does the state of things allow the act?"""
