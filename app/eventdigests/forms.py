"""The field for a guest's address."""

from app.accounts.fields import email_field
from app.forms import Form


class AddressForm(Form):
    """Where the digest is to go."""

    email = email_field(autocomplete="email")
