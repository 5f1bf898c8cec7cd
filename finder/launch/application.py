"""What each granian worker of `up` loads: the application, and a watch on the server process."""

import multiprocessing

from finder.launch.processes import end_with
from finder.wsgi import application

__all__ = ["application"]

if server := multiprocessing.parent_process():
    end_with(server.pid or 0)
