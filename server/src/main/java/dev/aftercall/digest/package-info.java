/** Hashes and keyed hashes, of which everybody needs the same few. */
@NullMarked
package dev.aftercall.digest;

import org.jspecify.annotations.NullMarked;
