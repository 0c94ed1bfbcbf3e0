"""A process groups challenges and activities; participants take part in it with a ticket, not an account."""
