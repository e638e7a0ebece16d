"""Write src/luoshi/plan/plan.schema.json anew from the model (`make schema`)."""

import json
from pathlib import Path

from luoshi.plan import schema

TARGET = Path(__file__).resolve().parents[1] / "src" / "luoshi" / "plan" / "plan.schema.json"

TARGET.write_text(json.dumps(schema(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
