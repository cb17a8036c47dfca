"""What people are told when nobody looks: what is worth a message, how often, and the services it goes to."""
