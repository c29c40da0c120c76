/** One catalogue contract for every database. */
@NullMarked
package dev.aftercall.jdbc;

import org.jspecify.annotations.NullMarked;
