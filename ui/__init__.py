"""The web application: views in a shell, in seven languages."""
