@NullMarked
package dev.aftercall.recorder.bigbluebutton;

import org.jspecify.annotations.NullMarked;
