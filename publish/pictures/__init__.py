"""Photos and drawings: read, made safe, judged, and made anew for each output."""
