/** The development certificates, checked by a TLS server and a client that trusts them. */
@NullMarked
package dev.aftercall.dev.tls;

import org.jspecify.annotations.NullMarked;
