#!/usr/bin/env python
"""The commands of IM Support; `up` runs them all together and needs no Django itself."""

import os
import sys

from imsupport import up


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imsupport.settings")
    if sys.argv[1:2] == ["up"]:
        sys.exit(up.main(sys.argv[2:]))
    # Django costs `up` 40 MB
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db.utils import OperationalError, ProgrammingError

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as refusal:
        sys.exit(str(refusal))
    except (OperationalError, ProgrammingError) as error:
        # Its first line names a server or a table, never what is in one.
        sys.exit(f"the database: {str(error).strip().splitlines()[0]}; is it there, and has `setup` run?")


if __name__ == "__main__":
    main()
