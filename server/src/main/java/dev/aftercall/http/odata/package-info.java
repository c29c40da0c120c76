/**
 * OData as Graph speaks it: the model from the CSDL, query options and function calls to records.
 * The only room that knows Apache Olingo; knows no Vert.x and no SQL.
 */
@NullMarked
package dev.aftercall.http.odata;

import org.jspecify.annotations.NullMarked;
