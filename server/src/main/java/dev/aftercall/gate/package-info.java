/** The one door: decides, finds, journals and opens; every reader comes through it. */
@NullMarked
package dev.aftercall.gate;

import org.jspecify.annotations.NullMarked;
