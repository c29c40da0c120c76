/** Which addresses are called at all by those who call addresses that strangers named. */
@NullMarked
package dev.aftercall.outbound;

import org.jspecify.annotations.NullMarked;
