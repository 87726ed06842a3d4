"""An instance as files again: a folder of tables, or a workbook with a sheet a table; read back, it is the same."""

from orebook.export.folder import files_of
from orebook.export.marked import marked
from orebook.export.workbook import workbook_of

__all__ = ["files_of", "marked", "workbook_of"]
