"""netaudit: which of your professional relationships are real networking?

In a notebook:

    import netaudit
    archive = netaudit.open("data/out")
    audit = archive.audit(as_of="2026-09-30")
    audit.relationships
"""

__version__ = "0.1.0"
