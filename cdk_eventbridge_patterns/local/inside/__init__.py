"""What runs inside the emulator, in its own Python: it knows the emulator and the pure rooms, nothing else.

Nothing here is imported by the rest of the library.
"""
