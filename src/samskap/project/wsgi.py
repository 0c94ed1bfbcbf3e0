"""The door that the server opens."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samskap.project.settings")

application = get_wsgi_application()
