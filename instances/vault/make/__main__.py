"""`python -m instances.vault.make` writes the instance folders again."""

from instances.vault.make.december import FOLDER as DECEMBER
from instances.vault.make.tables import FOLDER, write, write_december, write_history

write(FOLDER)
write_history(FOLDER / "data" / "history.csv")
write_december(DECEMBER)
