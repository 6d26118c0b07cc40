"""The review of records: who is chosen and how, who reads the returns, what is concluded, and what that says of everyone."""
