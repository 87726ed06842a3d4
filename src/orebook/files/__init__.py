"""Instances, models and plans as files: the only readers and writers of them."""
