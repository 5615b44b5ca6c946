"""What is raised where two transactions were in each other's way: the whole is done anew."""

from psycopg2.errors import DeadlockDetected, LockNotAvailable, SerializationFailure

from odoo.exceptions import ConcurrencyError

CROSSED = (ConcurrencyError, DeadlockDetected, LockNotAvailable, SerializationFailure)
