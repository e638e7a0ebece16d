# 两条命令 · two commands:  make demo   make test
# 其余见 · the rest: make help

MAKEFLAGS += --no-print-directory
PY := .venv/bin/python
SHARED := $(or $(LUOSHI_SHARED),$(wildcard ../shared))

.DEFAULT_GOAL := help
.PHONY: help demo test test-postgres covered lint types contracts check score score-compare learn fuzz faults bench schema docs constraints wheels clean

help:  ## 列出这些命令 · list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

demo:  ## 读自带样本，结果写到 out/，再把示范区的网站开起来 · the built-in sample into out/, then its district as a site
	@scripts/setup web
	@$(PY) -m luoshi demo --out out $(ARGS)

test:  ## 运行全部测试 · run every test
	@scripts/setup dev
	@$(PY) -m pytest $(ARGS)

test-postgres:  ## 网站和数据库的测试，在临时的 PostgreSQL 上 · the tests of store and web on a PostgreSQL of their own
	@scripts/setup dev
	@scripts/with_postgres $(PY) -m pytest tests/store tests/web $(ARGS)

covered:  ## 督查部分的分支覆盖，不到 100% 就不过 · branch coverage of supervise, 100 % or it fails
	@scripts/setup dev
	@$(PY) -m coverage run --branch --source=src/luoshi/supervise -m pytest tests/supervise -n 0
	@$(PY) -m coverage report --skip-covered --fail-under=100

lint:  ## 检查写法和格式 · style and format
	@scripts/setup dev
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .

types:  ## 检查类型 · types
	@scripts/setup dev
	@$(PY) -m mypy

contracts:  ## 检查层次：谁可以引用谁 · which part may import which
	@scripts/setup dev
	@.venv/bin/lint-imports

check: test lint types contracts  ## 以上四项 · the four above

score:  ## 与人工细读的结果比对 · compare with careful human readings
	@scripts/setup core
	@if [ -f "$(SHARED)/tools/score_reading.py" ]; then \
	  $(PY) "$(SHARED)/tools/score_reading.py" --luoshi "$(PY) -m luoshi" $(ARGS) && \
	  $(PY) scripts/forms.py "$(SHARED)/gold" "$(SHARED)/corpus"; \
	else \
	  echo "没有比对用的材料：请把 shared 文件夹放在本目录旁边，或用 LUOSHI_SHARED 指明位置。" >&2; \
	  echo "No readings to compare with: put the folder \`shared\` beside this one, or name it in LUOSHI_SHARED." >&2; \
	  exit 2; \
	fi

score-compare:  ## 承诺与结果：与人工判定的比对 · promise and outcome: compare with judgements made by hand
	@scripts/setup core
	@if [ -d "$(SHARED)/corpus/datasets" ]; then \
	  $(PY) scripts/score_compare.py "$(SHARED)/corpus" $(ARGS); \
	else \
	  echo "没有比对用的材料：请把 shared 文件夹放在本目录旁边，或用 LUOSHI_SHARED 指明位置。" >&2; \
	  echo "No judgements to compare with: put the folder \`shared\` beside this one, or name it in LUOSHI_SHARED." >&2; \
	  exit 2; \
	fi

learn:  ## 由人工细读重新学承诺和口号的分量 · learn the weights of promises anew (ARGS=--write keeps them)
	@scripts/setup core
	@$(PY) -m learn "$(SHARED)" $(ARGS)

fuzz:  ## 用损坏的文件攻击每个读取器 · attack every reader with damaged input (SECONDS=60, ARGS="--seed 2 pdf")
	@scripts/setup dev
	@$(PY) -m fuzz --seconds $(or $(SECONDS),60) $(ARGS)

faults:  ## 反复杀进程、并发、截断，看数据还在不在 · kill, race and cut, many rounds (ROUNDS=200)
	@scripts/setup dev
	@LUOSHI_ROUNDS=$(or $(ROUNDS),200) $(PY) -m pytest tests/store/test_faults.py -n 1 $(ARGS)

bench:  ## 测速度和内存 · measure time and memory
	@scripts/setup dev
	@for file in bench/*.py; do echo "== $$file"; $(PY) "$$file" || exit 1; done

schema:  ## 由模型重新生成 JSON Schema · write the JSON Schema anew from the model
	@scripts/setup core
	@$(PY) scripts/schema.py

docs:  ## 重新生成文档里由程序写的部分 · write the generated parts of the documentation anew
	@scripts/setup core
	@$(PY) scripts/docs.py

constraints:  ## 重新解析依赖版本 · resolve the pinned versions anew
	@scripts/setup dev
	@$(PY) scripts/pin.py

wheels:  ## 下载安装包，供不联网的机器使用 · fetch the wheels for machines without network
	@scripts/setup core
	@$(PY) -m pip download --quiet --disable-pip-version-check -d wheels -c constraints.txt hatchling editables
	@$(PY) -m pip download --quiet --disable-pip-version-check -d wheels -c constraints.txt --no-build-isolation ".[dev]"
	@rm -f wheels/luoshi-*
	@echo "wheels/ 已备好，拷到目标机器后：LUOSHI_WHEELS=wheels make demo"

clean:  ## 删除虚拟环境和生成的文件 · remove .venv and everything generated
	rm -rf .venv .coverage out wheels dist build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} +
