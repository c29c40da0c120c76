/** The bytes: where they are kept and how a part of them is found. Knows no HTTP and no SQL. */
@NullMarked
package dev.aftercall.content;

import org.jspecify.annotations.NullMarked;
