"""The extensions' instances, and nothing else: `create_app` joins them to the application."""

from flask_alembic import Alembic
from flask_babel import Babel
from flask_limiter import Limiter
from flask_login import LoginManager
from flask_socketio import SocketIO
from flask_sqlalchemy_lite import SQLAlchemy
from flask_wtf import CSRFProtect

from app.addresses import client_address

db = SQLAlchemy(session_options={"expire_on_commit": False})
alembic = Alembic()
login = LoginManager()
csrf = CSRFProtect()
# One short way for both languages: 24 hours, and the day before the month.
babel = Babel(
    date_formats={
        **Babel.default_date_formats,
        "time.short": "HH:mm",
        "datetime.short": "dd.MM.yy, HH:mm",
    }
)
limiter = Limiter(client_address)
socketio = SocketIO()
