"""Service catalogue, and the services, visits and benefits that other systems tell of."""
