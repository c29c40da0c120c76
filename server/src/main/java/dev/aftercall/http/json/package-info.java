/** Shapes of JSON objects: what a body may hold, said once for reading and for describing. */
@NullMarked
package dev.aftercall.http.json;

import org.jspecify.annotations.NullMarked;
