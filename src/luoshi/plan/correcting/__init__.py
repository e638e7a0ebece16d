"""How corrections are carried out: quoted words found again, a draft of the plan, one function a kind of correction."""
