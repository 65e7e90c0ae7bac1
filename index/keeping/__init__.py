"""Keep a library whole: check all of it, back it up, bring it back."""
