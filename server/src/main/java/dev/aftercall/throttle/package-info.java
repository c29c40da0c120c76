/** How many requests a caller may make in a while. */
@NullMarked
package dev.aftercall.throttle;

import org.jspecify.annotations.NullMarked;
