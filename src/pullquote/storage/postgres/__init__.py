"""The PostgreSQL store: a generation in the tables of a database with pgvector.

It needs the extra `postgres`. `connections` is the one module that imports psycopg.
"""
