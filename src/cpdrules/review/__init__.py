"""The review of returns: who is asked, who reads them, what is concluded, and what members are told."""
