#!/bin/sh
# Reports a failed run: an alert in the journal and, if ADOPTION_MAIL is set, a mail with the end of
# the run's output. Mail needs a program sendmail, which postfix and msmtp provide.
set -eu
unit=adoption-report
logger --priority user.alert --tag "$unit" "the run failed; see journalctl --unit $unit"
[ -n "${ADOPTION_MAIL:-}" ] || exit 0
{
    printf 'To: %s\nSubject: %s failed on %s\n\n' "$ADOPTION_MAIL" "$unit" "$(uname -n)"
    journalctl --unit "$unit" --lines 20 --no-pager --output cat
} | sendmail -t
