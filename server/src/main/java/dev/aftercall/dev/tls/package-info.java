/**
 * Certificates for development: a certification authority of its own and a server certificate under
 * it, because several Graph clients refuse to speak plain HTTP even to localhost.
 */
@NullMarked
package dev.aftercall.dev.tls;

import org.jspecify.annotations.NullMarked;
