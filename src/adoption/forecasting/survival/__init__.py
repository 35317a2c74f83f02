"""How long states take: from opening to signature, and from signature to consent."""
