/** Transcripts: reading them, and the forms made of them. */
@NullMarked
package dev.aftercall.transcript;

import org.jspecify.annotations.NullMarked;
