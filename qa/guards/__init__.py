"""Guard clauses of the machines: does the state of things allow the act?"""
