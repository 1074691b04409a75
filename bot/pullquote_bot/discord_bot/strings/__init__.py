"""Every sentence that the Discord bot says.

Discord allows at most 80 characters in a button's label and 100 in a command's description.
"""
