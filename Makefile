# Every target sets up what it needs first; the second time that is quick.
.PHONY: help setup demo serve test simulate bench scaling torture fuzz audit lint pots wheels screenshots upstream upgrade uninstall neighbours stop clean
.DEFAULT_GOAL := help

help:  ## what there is
	@grep -E '^[a-z]+: .*## ' Makefile | sed 's/:[^#]*## /\t/' | expand -t 12

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

comma := ,
# LINES is a terminal's height as well, where the environment has it.
bench:  ## beside Odoo core and the bare SQL; SIZE=1m for a million leads, LINES=score,assign for some, WRITE=1 into docs/
	@bash dev/bench.sh $(or $(SIZE),100k) $(if $(WRITE),--write) $(if $(findstring command,$(origin LINES)),$(subst $(comma), ,$(LINES)))

scaling:  ## imports by the scheduler and by OCA's job queue, one and two jobs at once; ROWS=1000 of each file
	@bash dev/scaling.sh $(or $(ROWS),1000)

torture:  ## servers and databases killed at work, nothing lost or doubled; MINUTES=20 KILLS=100 SEED=1
	@bash dev/torture.sh

fuzz:  ## 10,000 bent files into the import; FILES=500 fewer, SEED=20001 others
	@bash dev/fuzz.sh $(or $(FILES),10000) $(or $(SEED),1)

audit:  ## known faults of the Python packages, where a list of them can be reached
	@bash dev/audit.sh

upstream:  ## Odoo's own tests without our addons and with them; SUITES=/crm,/digest runs these only
	@bash dev/upstream.sh

upgrade:  ## each tagged version, in use, is upgraded to this code; REF=… comes from another commit
	@bash dev/upgrade.sh $(REF)

uninstall:  ## months of use, then the addons are taken away: what is left behind
	@bash dev/uninstall.sh

neighbours:  ## every view, job and screen next to Odoo's other apps for sales
	@bash dev/neighbours.sh

lint:  ## ruff, pylint-odoo, XML
	@bash dev/lint.sh

screenshots:  ## the demo's main screens as pictures into docs/pictures; NAMES="lead plan" these only
	@bash dev/screenshots.sh $(NAMES)

pots:  ## the .pot files anew, from what the addons say now
	@bash dev/pots.sh write

wheels:  ## a wheel of each addon into dist/, for pip
	@bash dev/wheels.sh

stop:  ## stop the private PostgreSQL
	@bash dev/database.sh stop

clean:  ## remove the private PostgreSQL with its databases, and all that was set up
	@bash dev/clean.sh
