/** Graph on the wire, over real sockets. */
@NullMarked
package dev.aftercall.http;

import org.jspecify.annotations.NullMarked;
