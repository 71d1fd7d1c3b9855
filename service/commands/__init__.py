"""One file a command. A command reads its arguments and files, calls one function of the house, and prints."""
