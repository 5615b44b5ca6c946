"""Why a text could not be written, in few words."""


def get_first_cause(error):
    """Return what went wrong in the first place; around it Odoo wraps the whole traceback."""
    while error.__cause__:
        error = error.__cause__
    return str(error)[:200] or type(error).__name__
