/** Time, identifiers and randomness: the only room that may ask the machine for them. */
@NullMarked
package dev.aftercall.time;

import org.jspecify.annotations.NullMarked;
