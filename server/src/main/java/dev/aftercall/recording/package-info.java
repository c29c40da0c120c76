/** Recordings: the records clients see and where they are looked up. */
@NullMarked
package dev.aftercall.recording;

import org.jspecify.annotations.NullMarked;
