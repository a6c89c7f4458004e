"""Pages for editors' developers, data scientists and auditors, and the tool that keeps their examples true."""
