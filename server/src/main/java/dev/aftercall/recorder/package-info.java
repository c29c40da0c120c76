/**
 * Recorders, one file each: how a message is proved to be from one, and what it announces. They
 * call nobody and keep nothing; {@code arrival} takes what they announce.
 */
@NullMarked
package dev.aftercall.recorder;

import org.jspecify.annotations.NullMarked;
