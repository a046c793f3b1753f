"""What goes to the clouds and comes back: sync, manifest, verify."""
