/**
 * What a change of rules would open and close, before it is made: pure functions on two snapshots.
 */
@NullMarked
package dev.aftercall.preview;

import org.jspecify.annotations.NullMarked;
