"""The deputies: the packet they judge by, the ballot, its result."""
