/**
 * BigBlueButton: three ways in which it says that a recording is published, and the one in which it
 * is asked what there is of it.
 */
@NullMarked
package dev.aftercall.recorder.bigbluebutton;

import org.jspecify.annotations.NullMarked;
