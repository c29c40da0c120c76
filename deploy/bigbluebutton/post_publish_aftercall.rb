#!/usr/bin/env ruby
# frozen_string_literal: true

# BigBlueButton runs every *.rb of /usr/local/bigbluebutton/core/scripts/post_publish as
# "-m recordID -f format" once a format is published, and waits for it. The work is done by a shell
# script, which returns at once; whatever becomes of it, publishing goes on.
system(ENV.fetch('AFTERCALL_ANNOUNCE', '/usr/local/bin/aftercall-bigbluebutton'), *ARGV)
exit 0
