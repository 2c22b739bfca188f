"""The wall "Hồ sơ": for a room, read from six metres, without a pointer."""
