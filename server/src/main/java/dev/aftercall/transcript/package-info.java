/** Transcripts: what was said in the call that a recording shows. */
@NullMarked
package dev.aftercall.transcript;

import org.jspecify.annotations.NullMarked;
