"""A child process that shares its parent's memory instead of copying it piece by piece."""

import gc
import os
import warnings


def fork() -> int:
    """What ``os.fork`` answers; the child's collector leaves alone what the parent had, which it would copy.

    For parents whose child touches nothing that another of their threads could hold.
    """
    gc.freeze()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child:
        gc.unfreeze()
    return child
