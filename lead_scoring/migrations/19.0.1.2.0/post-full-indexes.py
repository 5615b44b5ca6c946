def migrate(cr, version):
    """Drop the indexes on all temperatures and lifecycles; those on the rare ones replace them."""
    cr.execute("DROP INDEX IF EXISTS crm_lead__temperature_index, crm_lead__lifecycle_index")
