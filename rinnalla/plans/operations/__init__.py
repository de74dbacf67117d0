"""Acts on steps, and on the services for a fixed time whose end a step watches."""
