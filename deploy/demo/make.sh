#!/bin/sh
# Makes the two demo recordings of `aftercall start-dev` and their transcripts anew, out of the
# scripts beside this file. Needs ffmpeg (libx264, drawtext) and espeak-ng; no part of the build,
# because its results are committed.
#
# A script has one sentence group a line, `Speaker|words`, and `#Topic` in between. Every line is
# spoken by itself and measured in samples, so the cues of the transcript name the very moments at
# which the words are heard.
set -eu
cd "$(dirname "$0")"
out=$PWD/../../server/src/main/resources/demo
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out"

rate=22050 # what espeak-ng speaks at: 16 bits, mono
font="font=DejaVu Sans"

full_name() { [ "$1" = Olivia ] && echo "Olivia Organizer" || echo "Arno Attendee"; }
voice() { [ "$1" = Olivia ] && echo "-v en-us+f2 -p 52 -s 152" || echo "-v en-gb-x-rp+m3 -p 36 -s 148"; }

silence() { head -c $(($1 * rate / 1000 * 2)) /dev/zero; }
spoken_ms() { echo $(($(wc -c <"$work/sound.raw") / 2 * 1000 / rate)); }
seconds() { awk -v ms="$1" 'BEGIN { printf "%.3f", ms / 1000 }'; }
stamp() {
  awk -v ms="$1" 'BEGIN {
    printf "%02d:%02d:%02d.%03d", ms / 3600000, ms % 3600000 / 60000, ms % 60000 / 1000, ms % 1000 }'
}

# say <name>: leaves sound.raw, <name>.vtt, and who speaks and what is shown when
say() {
  vtt=$out/$1.vtt
  : >"$work/sound.raw"
  echo "WEBVTT" >"$vtt"
  olivia=0 arno=0 topic= topics= since=0
  silence 1000 >>"$work/sound.raw"
  while IFS='|' read -r who words; do
    from=$(spoken_ms)
    case $who in
      '#'*)
        [ -z "$topic" ] || topics="$topics$topic|$since|$from
"
        topic=${who#?} since=$from
        continue
        ;;
    esac
    # -z: no pause after the last word, it would lengthen the cue. The WAV header has 44 bytes.
    espeak-ng -z $(voice "$who") -w "$work/line.wav" "$words"
    tail -c +45 "$work/line.wav" >>"$work/sound.raw"
    to=$(spoken_ms)
    printf '\n%s --> %s\n<v %s>%s</v>\n' "$(stamp "$from")" "$(stamp "$to")" \
      "$(full_name "$who")" "$words" >>"$vtt"
    spell="+between(t,$(seconds "$from"),$(seconds "$to"))"
    if [ "$who" = Olivia ]; then olivia=$olivia$spell; else arno=$arno$spell; fi
    silence 550 >>"$work/sound.raw"
  done <"$1.txt"
  silence 1200 >>"$work/sound.raw"
  length=$(spoken_ms)
  topics="$topics$topic|$since|$length"
}

# tile <x> <colour> <initials> <name> <speaks>: one person; the frame lights up while they speak
tile() {
  printf "drawbox=x=%d:y=58:w=300:h=206:color=0x2b3245:t=fill," "$1"
  printf "drawtext=%s:text='●':fontsize=190:fontcolor=%s:x=%d-tw/2:y=150-th/2," "$font" "$2" $(($1 + 150))
  printf "drawtext=%s:text='%s':fontsize=44:fontcolor=white:x=%d-tw/2:y=134," "$font" "$3" $(($1 + 150))
  printf "drawbox=x=%d:y=236:w=300:h=28:color=black@0.45:t=fill," "$1"
  printf "drawtext=%s:text='%s':fontsize=15:fontcolor=white:x=%d:y=243," "$font" "$4" $(($1 + 12))
  printf "drawbox=x=%d:y=58:w=300:h=206:color=0x5ad19a:t=3:enable='%s'," "$1" "$5"
}

# film <name> <title> <ffmpeg options>
film() {
  name=$1 title=$2
  shift 2
  say "$name"
  picture="drawtext=$font:text='$title':fontsize=22:fontcolor=white:x=14:y=16,"
  picture="${picture}drawtext=$font:text='%{pts\:gmtime\:0\:%M\\\\\\:%S}':fontsize=18:fontcolor=0xaab3c8:x=w-tw-34:y=19,"
  picture="${picture}drawtext=$font:text='●':fontsize=20:fontcolor=0xe5484d:x=w-28:y=15:enable='lt(mod(t,2),1.2)',"
  picture="$picture$(tile 14 0x7c5cd6 OO 'Olivia Organizer' "$olivia")"
  picture="$picture$(tile 326 0x2f86c9 AA 'Arno Attendee' "$arno")"
  while IFS='|' read -r topic from to; do
    picture="${picture}drawtext=$font:text='$topic':fontsize=17:fontcolor=0xdfe4f0:x=14:y=281"
    picture="${picture}:enable='between(t,$(seconds "$from"),$(seconds "$to"))',"
  done <<TOPICS
$topics
TOPICS
  all=$(seconds "$length")
  cat >"$work/filter" <<FILTER
color=c=0x1b2030:s=640x360:r=12:d=$all,${picture}null[room];
color=c=0x5ad19a:s=640x4:r=12:d=$all[bar];
[0:a]showwaves=s=612x44:mode=cline:rate=12:colors=0x5a6a94:scale=sqrt,format=rgba[wave];
[room][wave]overlay=x=14:y=306[talk];
[talk][bar]overlay=x='-640+640*t/$all':y=356:shortest=1,format=yuv420p[v]
FILTER
  ffmpeg -nostdin -hide_banner -loglevel error -y -f s16le -ar $rate -ac 1 -i "$work/sound.raw" \
    -filter_complex_script "$work/filter" -map '[v]' -map 0:a -t "$all" \
    -c:v libx264 -profile:v high -preset veryslow -crf 31 -g 60 -threads 2 \
    -c:a aac -b:a 36k -ar 44100 -ac 1 -bitexact -metadata title="$title" "$@" "$out/$name.mp4"
  echo "$name.mp4: $all s, $(wc -c <"$out/$name.mp4") bytes"
}

film quarterly-planning "Quarterly planning" -movflags +faststart
film release-retrospective "Release retrospective"
