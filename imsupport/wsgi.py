"""The WSGI application. It refuses to start with an ungated door, and on data that is not its own."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imsupport.settings")
application = get_wsgi_application()

from feedback.stripping import prepare  # noqa: E402  (needs the apps to be ready)
from imsupport.checks import refuse_foreign_data, refuse_open_doors  # noqa: E402  (needs the apps to be ready)

refuse_open_doors()
refuse_foreign_data()
prepare()
connections.close_all()
