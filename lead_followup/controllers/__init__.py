from . import (
    lead_booth,
    lead_letter,
    lead_opt_out,
    lead_refer,
    main,
    public_details,
    public_form,
    public_poster,
)
