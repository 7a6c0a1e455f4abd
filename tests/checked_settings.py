"""The settings as the type checker loads them: in the demo mode, with a data folder of their own."""

import tests.environment  # noqa: F401  (sets the environment first)
from imsupport.settings import *  # noqa: F403
