"""The WSGI entry. The process that serves is also the one that works on uploads (docs/decisions/0015)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lakthan.config.settings")
application = get_wsgi_application()

from lakthan.exchange.uploading import start  # noqa: E402 - apps are ready from here on

start()
