"""The console command `onrecord`: what a person at a terminal uses. Each package brings its own subcommands."""
