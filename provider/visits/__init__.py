"""Home visits: rounds of couriers and their doors."""
