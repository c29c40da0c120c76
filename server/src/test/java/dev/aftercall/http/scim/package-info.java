/** Administrators over real sockets. */
@NullMarked
package dev.aftercall.http.scim;

import org.jspecify.annotations.NullMarked;
