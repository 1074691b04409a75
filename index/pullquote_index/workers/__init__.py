"""Embedding on processes of this machine or on other machines, by Dask."""
