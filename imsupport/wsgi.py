"""The WSGI application. It refuses to start with a door that declares no gate."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imsupport.settings")
application = get_wsgi_application()

from imsupport.checks import refuse_open_doors  # noqa: E402  (needs the apps to be ready)

refuse_open_doors()
