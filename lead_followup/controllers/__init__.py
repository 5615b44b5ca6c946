from . import lead_letter, main
