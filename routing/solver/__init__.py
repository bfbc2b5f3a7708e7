"""The choice of blocks: enumerate, relax, choose, prove; arrays in, arrays out."""
