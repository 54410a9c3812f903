#!/bin/sh
# A program of the phone: hands its name and arguments to the phone's state and shows what that answers.
name=${0##*/}
answer=$(mktemp /tmp/answer.XXXXXX) || exit 126
{ printf '%d\0' $(($# + 1)); printf '%s\0' "$name" "$@"; } | nc -U /run/phone.sock >"$answer"
read -r code length <"$answer"
body=$answer.body
tail -n +2 "$answer" >"$body"
head -c "$length" "$body"
tail -c +$((length + 1)) "$body" >&2
rm -f "$answer" "$body"
exit "$code"
