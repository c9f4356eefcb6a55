"""Many titles built in one go, on this machine or on those of a cluster."""
