/** The gate: what a refusal touches, and what the journal hears. */
@NullMarked
package dev.aftercall.gate;

import org.jspecify.annotations.NullMarked;
