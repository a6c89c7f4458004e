"""The subcommands for data scientists, a module each."""
