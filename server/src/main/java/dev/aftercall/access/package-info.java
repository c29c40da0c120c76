/** May they: pure decisions from who calls, what is ruled and what is asked. Looks nothing up. */
@NullMarked
package dev.aftercall.access;

import org.jspecify.annotations.NullMarked;
