"""The steps of a build, in order: read, cut, embed, write vectors, index words."""
