from . import (
    privacy_lookup_wizard,
    privacy_lookup_wizard_line,
)
