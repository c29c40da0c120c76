/** The record of access: who asked, which rule answered, what was delivered. */
@NullMarked
package dev.aftercall.journal;

import org.jspecify.annotations.NullMarked;
