/** The spool, the chain, seals and archives. */
@NullMarked
package dev.aftercall.journal;

import org.jspecify.annotations.NullMarked;
