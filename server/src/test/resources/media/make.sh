#!/bin/sh
# Makes the sample recordings of the container probe anew, beside this script. Needs ffmpeg with
# libx264, libvpx and libopus; the results are committed, so the tests themselves need none of it.
# Every sample plays for about two seconds. 2 fragments a second keep several of them in each file.
set -eu
cd "$(dirname "$0")"

# -bitexact leaves dates and encoder names out, so that a second run changes as little as possible.
make() {
  ffmpeg -nostdin -hide_banner -loglevel error -y \
    -f lavfi -i "testsrc=size=64x48:rate=10:duration=2" \
    -f lavfi -i "sine=frequency=440:sample_rate=16000:duration=2" \
    -bitexact -flags +bitexact -threads 1 "$@"
}
h264="-c:v libx264 -preset veryslow -crf 45 -g 5 -pix_fmt yuv420p -c:a aac -b:a 8k -ac 1"
vp8="-c:v libvpx -b:v 20k -g 5 -c:a libopus -b:a 8k -ac 1"

make $h264 moov-end.mp4
make $h264 -movflags +faststart faststart.mp4
make $h264 -movflags +frag_keyframe+empty_moov fragmented.mp4
# No mfra, no sidx: what a streaming recorder leaves when nobody lets it finish.
make $h264 -movflags +frag_keyframe+empty_moov+default_base_moof+skip_trailer fragmented-live.mp4
# The first half second in moov itself, the rest in fragments.
make $h264 -movflags +frag_keyframe fragmented-moov-samples.mp4
# One sidx per track in front of every fragment.
make $h264 -movflags +dash+frag_keyframe+empty_moov+default_base_moof dash.mp4
# One sidx for the whole file.
make $h264 -movflags +dash+frag_keyframe+empty_moov+default_base_moof+global_sidx dash-global.mp4
make -map 1:a -c:a aac -b:a 8k -ac 1 audio.m4a
make $h264 -f mov quicktime.mov
make $vp8 duration.webm
make $vp8 -live 1 live.webm
make -map 1:a -c:a libopus -b:a 8k audio.webm
make $h264 matroska.mkv
