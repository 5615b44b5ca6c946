from . import lead_after_sale_confirm, lead_cadence_move, lead_cadence_preview, lead_recycle_confirm
