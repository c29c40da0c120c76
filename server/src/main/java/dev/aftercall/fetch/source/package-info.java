/** Puts together what one source may reach. */
@NullMarked
package dev.aftercall.fetch.source;

import org.jspecify.annotations.NullMarked;
