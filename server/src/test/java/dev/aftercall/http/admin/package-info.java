/** Administrators over real sockets. */
@NullMarked
package dev.aftercall.http.admin;

import org.jspecify.annotations.NullMarked;
