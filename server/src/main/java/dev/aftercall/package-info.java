/** Aftercall. */
@NullMarked
package dev.aftercall;

import org.jspecify.annotations.NullMarked;
