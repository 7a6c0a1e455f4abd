"""The WSGI application. It refuses to start with an ungated door, and on a demo's data outside the demo."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imsupport.settings")
application = get_wsgi_application()

from imsupport.checks import refuse_demo_data, refuse_open_doors  # noqa: E402  (needs the apps to be ready)

refuse_open_doors()
refuse_demo_data()
connections.close_all()
