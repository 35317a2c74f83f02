#!/bin/sh
# Tells of a run that was not well: an alert in the journal, and the end of what the run printed by
# post to ADOPTION_MAIL, if that is set. Post needs a program sendmail, as postfix and msmtp have.
set -eu
unit=adoption-report
logger --priority user.alert --tag "$unit" "the run was not well: journalctl --unit $unit"
[ -n "${ADOPTION_MAIL:-}" ] || exit 0
{
    printf 'To: %s\nSubject: %s was not well on %s\n\n' "$ADOPTION_MAIL" "$unit" "$(uname -n)"
    journalctl --unit "$unit" --lines 20 --no-pager --output cat
} | sendmail -t
