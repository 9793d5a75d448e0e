"""What calls answer: things of the application in the shapes that the document promises."""
