"""x"""
def as_text(f): return ""
def as_html(f): return ""
def missing(f): return ()
