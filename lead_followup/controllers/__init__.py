from . import lead_letter, lead_opt_out, main
