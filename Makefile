# Every target sets up what it needs first; the second time that is quick.
.PHONY: help setup demo serve test simulate lint stop clean
.DEFAULT_GOAL := help

help:  ## what there is
	@grep -E '^[a-z]+: .*## ' Makefile | sed 's/:[^#]*## /\t/' | expand -t 10

setup:  ## Odoo 19, its Python packages and a private PostgreSQL
	@bash dev/setup.sh

demo:  ## the main job on real input: a show's exports imported, scored, assigned, first contacts planned
	@bash dev/demo.sh

serve:  ## the demo's database in the browser, on 127.0.0.1:8069
	@bash dev/serve.sh

test:  ## every test: pure, addons, end to end
	@bash dev/test.sh

simulate:  ## a thousand leads over sixty days, by dice; SEED=2 throws others
	@bash dev/simulate.sh $(SEED)

lint:  ## ruff, pylint-odoo, XML
	@bash dev/lint.sh

stop:  ## stop the private PostgreSQL
	@bash dev/database.sh stop

clean:  ## remove the private PostgreSQL with its databases, and all that was set up
	@bash dev/clean.sh
