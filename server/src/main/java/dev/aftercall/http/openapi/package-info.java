/** OpenAPI 3.1 of everything that is served, made from the routes themselves. */
@NullMarked
package dev.aftercall.http.openapi;

import org.jspecify.annotations.NullMarked;
