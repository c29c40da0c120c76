#!/bin/sh
# Hands Jibri's recordings over to Aftercall. POSIX sh and curl, nothing else.
#
#   finalize.sh SESSION_FOLDER   what Jibri calls (jibri.finalize-script)
#   finalize.sh --retry          sends what is left, once; for cron or the systemd timer beside
#   finalize.sh --status         says what is left, and why
#
# A file stays where Jibri put it until Aftercall has acknowledged it: then FILE.receipt.json stands
# beside it. What Aftercall set aside or refused gets FILE.aside.json with the reason, and is not
# sent again until that is deleted.
#
# Ends with
#   0   every file is acknowledged, or its sender goes on in the background and the spool knows it
#   64  wrong call
#   65  a file was set aside or refused
#   75  not everything could be sent; it is tried again
#   78  the configuration or the secret is wrong
#
# docs/intake/jibri.md has the settings.

set -u
umask 077
LC_ALL=C
export LC_ALL

CONFIG=${AFTERCALL_JIBRI_CONFIG:-/etc/aftercall/jibri.conf}
BLOCK=1048576

# --- settings -------------------------------------------------------------------------------------

fail() {
  printf 'finalize.sh: %s\n' "$2" >&2
  [ -z "${LOG-}" ] || log "$2"
  exit "$1"
}

# Read, never executed: a line is NAME=VALUE, and what else stands there is a mistake.
read_config() {
  URL='' SOURCE='' SECRET='' SPOOL=/var/lib/aftercall-jibri RECORDINGS='' EXTENSIONS='mp4 webm mkv'
  AFTER=keep WAIT=20 RETRY_FOR=900 FRAGMENT_MIB=64 CA_FILE='' LOG=''
  if [ ! -r "$CONFIG" ]; then
    fail 78 "cannot read $CONFIG; write it as docs/intake/jibri.md says, or set AFTERCALL_JIBRI_CONFIG"
  fi
  case $(ls -ldL "$CONFIG") in
    ???????---*) ;;
    *) fail 78 "$CONFIG holds a secret and others may touch it; chmod o= '$CONFIG'" ;;
  esac
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in
      '' | '#'*) continue ;;
      *=*) ;;
      *) fail 78 "$CONFIG: not NAME=VALUE: ${line%%[!A-Za-z_]*}…" ;;
    esac
    value=${line#*=}
    case ${line%%=*} in
      URL) URL=${value%/} ;;
      SOURCE) SOURCE=$value ;;
      SECRET) SECRET=$value ;;
      SPOOL) SPOOL=${value%/} ;;
      RECORDINGS) RECORDINGS=${value%/} ;;
      EXTENSIONS) EXTENSIONS=$value ;;
      AFTER) AFTER=$value ;;
      WAIT) WAIT=$value ;;
      RETRY_FOR) RETRY_FOR=$value ;;
      FRAGMENT_MIB) FRAGMENT_MIB=$value ;;
      CA_FILE) CA_FILE=$value ;;
      LOG) LOG=$value ;;
      *) fail 78 "$CONFIG: there is no setting '${line%%=*}'" ;;
    esac
  done <"$CONFIG"
  check_config
}

check_config() {
  case $URL in
    https://?* | http://?*) ;;
    *) fail 78 "$CONFIG: URL must be the address of Aftercall, such as https://archive.example.org" ;;
  esac
  case $SOURCE in
    '' | *[!A-Za-z0-9_-]*) fail 78 "$CONFIG: SOURCE must be the name in intake.source.<name>" ;;
  esac
  # It goes into a header field by curl's configuration, where these would mean something.
  # shellcheck disable=SC1003
  case $SECRET in
    '') fail 78 "$CONFIG: SECRET is missing" ;;
    *['"\']* | *[![:print:]]*) fail 78 "$CONFIG: SECRET must have no quotes, backslashes or controls" ;;
  esac
  # shellcheck disable=SC1003
  case $URL$CA_FILE in
    *['"\']*) fail 78 "$CONFIG: URL and CA_FILE must have no quotes or backslashes" ;;
  esac
  case $AFTER in
    keep | delete) ;;
    *) fail 78 "$CONFIG: AFTER must be keep or delete" ;;
  esac
  for number in "$WAIT" "$RETRY_FOR" "$FRAGMENT_MIB"; do
    case $number in
      '' | *[!0-9]* | ???????*) fail 78 "$CONFIG: WAIT, RETRY_FOR and FRAGMENT_MIB are numbers" ;;
    esac
  done
  [ "$FRAGMENT_MIB" -gt 0 ] || fail 78 "$CONFIG: FRAGMENT_MIB must be 1 or more"
  case $SPOOL in
    /*) ;;
    *) fail 78 "$CONFIG: SPOOL must be an absolute path" ;;
  esac
  mkdir -p "$SPOOL/queue" || fail 78 "cannot make $SPOOL/queue; give it to the user that Jibri runs as"
  [ -w "$SPOOL/queue" ] || fail 78 "cannot write to $SPOOL/queue; give it to the user that Jibri runs as"
  LOG=${LOG:-$SPOOL/finalize.log}
}

log() {
  if [ -n "$(find "$LOG" -size +2048 2>/dev/null)" ]; then
    mv -f "$LOG" "$LOG.1"
  fi
  printf '%s [%s] %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$$" "$1" >>"$LOG" 2>/dev/null || :
}

# --- names ----------------------------------------------------------------------------------------

# Percent-encodes whatever bytes a name has, so that they are safe in JSON and in a log.
encoded() {
  printf %s "$1" | od -An -v -to1 | tr -s ' ' '\n' | while IFS= read -r byte; do
    case $byte in
      '') ;;
      055 | 056 | 06[0-7] | 07[01] | 10[1-7] | 1[12][0-7] | 13[0-2] | 137 | 14[1-7] | 15[0-7] | 16[0-7] | 17[0-2] | 176)
        # shellcheck disable=SC2059 # the octal number is the format
        printf "\\$byte"
        ;;
      *) printf '%%%02X' "0$byte" ;;
    esac
  done
}

size_of() {
  wc -c <"$1" | tr -d ' '
}

sha256_of() {
  if command -v sha256sum >/dev/null 2>&1; then
    sha256sum <"$1" | cut -d ' ' -f 1
  fi
}

# The text of a member of our server's JSON, which has no space around colons.
member() {
  sed -n 's/.*"'"$1"'":"\(\([^"\\]\|\\.\)*\)".*/\1/p' "$2" | head -n 1
}

next_byte() {
  sed -n 's/.*"nextExpectedRanges":\["\([0-9]*\)-.*/\1/p' "$1" | head -n 1
}

# --- the spool: one small file a session, with its path -------------------------------------------

enqueue() {
  job=$SPOOL/queue/$(printf %s "$1" | cksum | tr -c '0-9\n' -)
  while [ -e "$job" ] && [ "$(cat "$job")" != "$1" ]; do
    job=$job-
  done
  [ -e "$job" ] && return 0
  printf '%s\n' "$1" >"$job.$$" && mv -f "$job.$$" "$job"
}

is_job() {
  case ${1##*/} in
    *[!0-9-]*) return 1 ;;
  esac
}

# What Jibri finished and nobody told us of: it was killed before it called, or we were. Its
# metadata are written when a recording ends; without them a day must have passed.
sweep() {
  [ -n "$RECORDINGS" ] || return 0
  for session in "$RECORDINGS"/*; do
    if [ ! -d "$session" ] || [ -L "$session" ]; then
      continue
    fi
    if [ ! -e "$session/metadata.json" ] \
      && [ -n "$(find "$session" -type f ! -mtime +0 2>/dev/null | head -n 1)" ]; then
      continue
    fi
    if unsent "$session"; then
      enqueue "$session"
    fi
  done
}

is_media() {
  [ -f "$1" ] && [ ! -L "$1" ] || return 1
  for extension in $EXTENSIONS; do
    case $1 in
      *."$extension") return 0 ;;
    esac
  done
  return 1
}

unsent() {
  for file in "$1"/*; do
    if is_media "$file" && [ ! -e "$file.receipt.json" ] && [ ! -e "$file.aside.json" ]; then
      return 0
    fi
  done
  return 1
}

# --- one at a time --------------------------------------------------------------------------------

# The kernel lets go of flock's lock with the last process that has it. Without flock a folder is
# the lock, and the process named in it must live. Were two at it once, the server would refuse one.
locked() {
  if command -v flock >/dev/null 2>&1; then
    exec 9>"$SPOOL/lock"
    flock -n 9
    return
  fi
  if mkdir "$SPOOL/lock.d" 2>/dev/null; then
    echo $$ >"$SPOOL/lock.d/pid"
    return 0
  fi
  holder=$(cat "$SPOOL/lock.d/pid" 2>/dev/null)
  if [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; then
    rm -rf "$SPOOL/lock.d"
    mkdir "$SPOOL/lock.d" 2>/dev/null && echo $$ >"$SPOOL/lock.d/pid" && return 0
  fi
  return 1
}

unlocked() {
  [ "$(cat "$SPOOL/lock.d/pid" 2>/dev/null)" != $$ ] || rm -rf "$SPOOL/lock.d"
  [ -z "${TMP-}" ] || rm -rf "$TMP"
}

# --- talking to the server ------------------------------------------------------------------------

# call METHOD URL [curl's arguments…]: the status into STATUS, the body into $TMP/answer. Secrets and
# URLs, which carry one, go by a file that only we can read, never by the list of processes.
call() {
  method=$1
  {
    printf 'url = "%s"\n' "$2"
    printf 'request = "%s"\n' "$method"
    [ -z "$CA_FILE" ] || printf 'cacert = "%s"\n' "$CA_FILE"
    case $2 in
      "$URL/intake/v1/sources/"*) printf 'header = "Authorization: Bearer %s"\n' "$SECRET" ;;
    esac
  } >"$TMP/curl"
  shift 2
  : >"$TMP/answer"
  STATUS=$(curl -q -sS -K "$TMP/curl" --connect-timeout 15 --speed-limit 1 --speed-time 300 \
    -o "$TMP/answer" -w '%{http_code}' "$@" 2>"$TMP/error") || {
    log "$method: curl: $(tr '\n' ' ' <"$TMP/error")"
    # A status with a body that broke off is no answer.
    STATUS=000
  }
}

# beside FILE KIND: the answer beside the file, whole or not at all; without the URL that opens it.
beside() {
  if ! sed 's/"uploadUrl":"[^"]*",//; s/.*"receipt":\({[^}]*}\).*/\1/' "$TMP/answer" >"$1.$2.$$"; then
    log "cannot write beside $NAME"
    rm -f "$1.$2.$$"
    return 75
  fi
  mv -f "$1.$2.$$" "$1.$2"
}

acknowledge() {
  beside "$1" receipt.json || return 75
  log "acknowledged: $NAME"
  [ "$AFTER" != delete ] || rm -f "$1"
  return 0
}

aside() {
  beside "$1" aside.json || return 75
  log "set aside, not sent again: $NAME: $(member reason "$TMP/answer")$(member message "$TMP/answer")"
  return 65
}

later() {
  log "later: $NAME: $1 ($STATUS $(member message "$TMP/answer"))"
  return 75
}

# announce FILE: opens the upload, or finds the one that stands.
announce() {
  {
    folder=${1%/*}
    printf '{"sourceId":"%s/%s","fileName":"%s","size":%s' \
      "$(encoded "${folder##*/}")" "$NAME" "$NAME" "$SIZE"
    [ -z "$SHA256" ] || printf ',"sha256":"%s"' "$SHA256"
    if [ "$2" = with ]; then
      printf ',"metadata":'
      cat "${1%/*}/metadata.json"
    fi
    printf '}'
  } >"$TMP/envelope"
  call POST "$URL/intake/v1/sources/$SOURCE/recordings" \
    -H 'Content-Type: application/json' --data-binary "@$TMP/envelope" --max-time 120
}

# send FILE: 0 acknowledged, 65 set aside, 75 later, 78 not let in.
send() {
  NAME=$(encoded "${1##*/}")
  SIZE=$(size_of "$1")
  SHA256=$(sha256_of "$1")
  with=with
  [ -r "${1%/*}/metadata.json" ] || with=without
  announce "$1" "$with"
  case $STATUS in
    400 | 413)
      # Metadata that are broken or too large are no reason to lose the recording.
      [ "$with" = without ] || announce "$1" without
      ;;
  esac
  case $STATUS in
    200) ;;
    400 | 413 | 422) aside "$1"; return ;;
    401 | 403 | 404)
      later 'the server does not know us; look at URL, SOURCE and SECRET'
      return 78
      ;;
    *) later 'it could not be announced'; return ;;
  esac
  UPLOAD=$(member uploadUrl "$TMP/answer")
  case $UPLOAD in
    http://?* | https://?*) ;;
    *) later 'the answer is not from Aftercall'; return ;;
  esac
  carry "$1"
}

# carry FILE: fragment after fragment, as the server asks for them. The answer to the announcement,
# to a fragment and to a question are read in the same way.
carry() {
  turns=0
  before=-1
  while :; do
    case $STATUS in
      200 | 201 | 202) ;;
      *) later 'how far it came cannot be told'; return ;;
    esac
    state=$(member state "$TMP/answer")
    case $state in
      ready | waiting) acknowledge "$1"; return ;;
      quarantined | cancelled) aside "$1"; return ;;
      receiving) ;;
      '')
        # The receipt itself.
        [ "$STATUS" = 201 ] && [ -n "$(member sha256 "$TMP/answer")" ] && { acknowledge "$1"; return; }
        later 'the answer is not from Aftercall'
        return
        ;;
      *) later "it is being kept"; return ;;
    esac
    from=$(next_byte "$TMP/answer")
    [ -n "$from" ] || { later 'the server says nothing of what it wants'; return; }
    if [ "$from" -gt "$before" ]; then
      before=$from
      turns=0
    elif [ $((turns += 1)) -gt 3 ]; then
      later "it does not come further than byte $from"
      return
    fi
    put "$1" "$from"
    case $STATUS in
      200 | 201 | 202) continue ;;
    esac
    # Whatever it was, the server knows how far it came, and whether it was set aside.
    log "a fragment from byte $from of $NAME: $STATUS $(member message "$TMP/answer")"
    refused=$STATUS
    call GET "$UPLOAD" --max-time 120
    if [ "$STATUS$(member state "$TMP/answer")" = 200receiving ]; then
      case $refused in
        # The server itself says it when a file is announced, so a proxy did; FRAGMENT_MIB helps.
        413)
          later 'a proxy takes no fragments of this size; lower FRAGMENT_MIB'
          return
          ;;
        507)
          later 'the server has no room'
          return
          ;;
      esac
    fi
  done
}

# put FILE FROM: one fragment. It begins at a whole block, because dd reads whole ones quickest; the
# server passes over bytes that it has.
put() {
  first=$(($2 / BLOCK * BLOCK))
  last=$((first + FRAGMENT_MIB * BLOCK - 1))
  [ "$last" -lt "$SIZE" ] || last=$((SIZE - 1))
  if [ "$SIZE" -eq 0 ]; then
    call PUT "$UPLOAD" -H 'Content-Length: 0' -H 'Content-Type: application/octet-stream'
  else
    dd if="$1" bs=$BLOCK skip=$((first / BLOCK)) count="$FRAGMENT_MIB" 2>/dev/null \
      | call_with_body "$first" "$last"
    STATUS=$(cat "$TMP/status")
  fi
}

# On the right of a pipe a variable is set in a process of its own.
call_with_body() {
  call PUT "$UPLOAD" -T - -H "Content-Range: bytes $1-$2/$SIZE" \
    -H 'Content-Type: application/octet-stream'
  printf %s "$STATUS" >"$TMP/status"
}

# --- runs -----------------------------------------------------------------------------------------

# worse CODE: remembers what is worst for who called.
worse() {
  case $1:$RESULT in
    0:* | *:78 | 65:75) ;;
    *) RESULT=$1 ;;
  esac
}

# Everything in the spool, once.
pass() {
  RESULT=0
  sweep
  for job in "$SPOOL"/queue/*; do
    is_job "$job" || continue
    session=$(cat "$job" && echo .)
    session=${session%??}
    if [ ! -d "$session" ]; then
      # Deleted, or on a disk that is not there today.
      log "there is no folder $(encoded "${session##*/}")"
      [ -z "$(find "$job" -mtime +30)" ] || rm -f "$job"
      continue
    fi
    left=0
    for file in "$session"/*; do
      is_media "$file" || continue
      if [ -e "$file.receipt.json" ] || [ -e "$file.aside.json" ]; then
        continue
      fi
      send "$file"
      code=$?
      worse $code
      case $code in
        75 | 78) left=1 ;;
      esac
    done
    [ "$left" = 1 ] || rm -f "$job"
  done
}

# run once|patiently
run() {
  waited=0
  until locked; do
    if [ "$1" = once ]; then
      log 'another run is sending'
      exit 0
    fi
    [ "$waited" -lt "$RETRY_FOR" ] || exit 75
    sleep 2
    waited=$((waited + 2))
  done
  trap unlocked EXIT
  trap 'exit 75' HUP INT TERM
  # What a killed run left. We hold the lock, so nobody else is at it.
  rm -rf "$SPOOL"/tmp.*
  TMP=$SPOOL/tmp.$$
  mkdir "$TMP" || fail 75 "cannot write to $SPOOL"
  spent=0
  pause=5
  while :; do
    pass
    if [ "$RESULT" != 75 ] || [ "$1" = once ] || [ "$spent" -ge "$RETRY_FOR" ]; then
      exit "$RESULT"
    fi
    sleep $pause 9>&-
    spent=$((spent + pause))
    [ $pause -ge 60 ] || pause=$((pause * 2))
    read_config
  done
}

status() {
  sweep
  for job in "$SPOOL"/queue/*; do
    if is_job "$job"; then
      printf 'waits: %s\n' "$(cat "$job")"
    fi
  done
  [ ! -e "$LOG" ] || tail -n 5 "$LOG"
}

[ $# -eq 1 ] || fail 64 'call it with the session folder, or with --retry or --status'
case $1 in
  --retry)
    read_config
    run once
    ;;
  --patiently)
    read_config
    run patiently
    ;;
  --status)
    read_config
    status
    exit 0
    ;;
  -*) fail 64 "there is no option $1" ;;
esac

read_config
[ -d "$1" ] || fail 64 "there is no folder $1"
session=$(cd "$1" && pwd && echo .) || fail 64 "cannot enter $1"
session=${session%??}
enqueue "$session" || fail 75 "cannot write to $SPOOL/queue; what is in $session is not sent"
log "finished: $(encoded "${session##*/}")"

# Jibri stays busy until this ends and its output is closed; so the sender has no part in either.
sh "$0" --patiently </dev/null >/dev/null 2>&1 &
sender=$!
waited=0
while kill -0 "$sender" 2>/dev/null; do
  if [ "$waited" -ge "$WAIT" ]; then
    log 'the sender goes on in the background'
    exit 0
  fi
  sleep 1
  waited=$((waited + 1))
done
wait "$sender"
