/** Query options, function calls and the model, each by tables of what clients write. */
@NullMarked
package dev.aftercall.http.odata;

import org.jspecify.annotations.NullMarked;
