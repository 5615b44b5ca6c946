from . import lead_recycle_confirm
