/** Files of the development kit that only their owner may read. */
@NullMarked
package dev.aftercall.dev.files;

import org.jspecify.annotations.NullMarked;
