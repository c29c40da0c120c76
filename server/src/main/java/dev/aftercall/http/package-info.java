/**
 * Speaks HTTP and Graph: requests become records, answers become bytes. Knows no SQL and no files.
 */
@NullMarked
package dev.aftercall.http;

import org.jspecify.annotations.NullMarked;
