"""The lines of the table: one module each.

What they need of ``odoo.addons`` they import in their functions: a line's title is read before Odoo
knows where its addons are.
"""
