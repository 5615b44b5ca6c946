"""Odoo's command line as a script of its own, which a server with several workers has to have.

It starts the process for long polling by the path of the script it was started from; ``python -m
odoo`` has none that could be started so.
"""

from odoo.cli import main

main()
