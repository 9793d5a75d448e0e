"""Live questions to the speakers, alongside all steps of an event."""
