"""What must hold when mail is odd, broken or hostile; docs/reliability.md lists it all."""
