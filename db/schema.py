"""Every table there is."""

from db import (
    batches,
    case_record,
    commands,
    definitions,
    deliveries,
    grants,
    history,
    nominations,
    occurrences,
    outbox,
    packages,
    papers,
    people,
    preferences,
    register,
    scratch,
    series,
    settings,
    sign_ins,
    timers,
    units,
    view_log,
)
from db.table import Table

# A table joins the metadata when its module is imported; this tuple is the whole list of them.
MODULES = (
    units,
    people,
    grants,
    sign_ins,
    settings,
    definitions,
    case_record,
    nominations,
    papers,
    history,
    commands,
    timers,
    occurrences,
    outbox,
    series,
    scratch,
    view_log,
    preferences,
    deliveries,
    packages,
    register,
    batches,
)
METADATA = Table.metadata
