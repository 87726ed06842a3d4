"""`python -m instances.vault.make` writes the instance folder again."""

from instances.vault.make.tables import FOLDER, write, write_history

write(FOLDER)
write_history(FOLDER / "data" / "history.csv")
