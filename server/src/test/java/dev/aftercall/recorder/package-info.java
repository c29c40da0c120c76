/** Recorders as they are on the wire, played at a real server. */
@NullMarked
package dev.aftercall.recorder;

import org.jspecify.annotations.NullMarked;
