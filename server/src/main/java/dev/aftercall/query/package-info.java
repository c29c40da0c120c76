/**
 * What a client wants to see of a collection: conditions, order and page, as records. Read from
 * OData by {@code http.odata}, answered in SQL by {@code jdbc}; knows neither.
 */
@NullMarked
package dev.aftercall.query;

import org.jspecify.annotations.NullMarked;
