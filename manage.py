#!/usr/bin/env python
"""The commands of IM Support; `up` runs them all together and needs no Django itself."""

import os
import sys

from imsupport import up


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imsupport.settings")
    if sys.argv[1:2] == ["up"]:
        sys.exit(up.main(sys.argv[2:]))
    from django.core.management import execute_from_command_line  # Django costs `up` 40 MB

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
