/** Meetings: their ids, times and people, as records. */
@NullMarked
package dev.aftercall.meeting;

import org.jspecify.annotations.NullMarked;
