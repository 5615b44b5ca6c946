"""The dashboard of the CRM managers and its sample, as Odoo stores a spreadsheet.

Odoo Community shows spreadsheets and has no editor for them; this is where ours is edited. What is
shown comes from lead.funnel.report and lead.health.check, whose fields and rates it names.
"""
