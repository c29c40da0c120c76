/** Signatures under what this installation vouches for. */
@NullMarked
package dev.aftercall.seal;

import org.jspecify.annotations.NullMarked;
