/** Rules that somebody thinks of, asked beside those in force; they never change an answer. */
@NullMarked
package dev.aftercall.shadow;

import org.jspecify.annotations.NullMarked;
