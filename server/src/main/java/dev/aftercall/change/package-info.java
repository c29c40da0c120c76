/** What administrators change: versions, and what must hold before a change. */
@NullMarked
package dev.aftercall.change;

import org.jspecify.annotations.NullMarked;
